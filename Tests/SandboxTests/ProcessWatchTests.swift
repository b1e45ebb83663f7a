import Foundation
import Sandbox
import Testing

/// A program that computes is told from one that waits, however far below it is.
@Suite struct ProcessWatchTests {
  /// Looks again and again until the answer is this, for a minute at the most.
  private func becomes(_ wanted: Glance.State, _ process: Int32) -> Bool {
    var watch = ProcessWatch(process)
    for _ in 0..<12_000 {
      if watch.look().state == wanted { return true }
      usleep(5000)
    }
    return false
  }

  @Test(arguments: Machine.levels)
  func programThatComputes(level: JailLevel) throws {
    let command = Command(executable: Programs.attacker, arguments: ["spin"])
    let child = try Machine.jail(level).wrap(command, JailPolicy(filter: .compute)).spawn()
    #expect(becomes(.running, child.processIdentifier))
    usleep(100_000)
    var watch = ProcessWatch(child.processIdentifier)
    #expect(watch.look().state == .running, "and goes on")
    usleep(100_000)
    #expect(watch.look().state == .running)
    _ = try child.stop()
  }

  @Test(arguments: Machine.levels)
  func programThatWaits(level: JailLevel) throws {
    let token = "waiting-\(level)-\(getpid())"
    let command = Command(executable: Programs.attacker, arguments: ["sleep", token])
    let child = try Machine.jail(level).wrap(command, JailPolicy(filter: .compute)).spawn()
    _ = try processes(withArgument: token, atLeast: 1)
    #expect(becomes(.asleep, child.processIdentifier))
    _ = try child.stop()
  }

  @Test(arguments: Machine.levels)
  func programThatSomebodyStopped(level: JailLevel) throws {
    let token = "stopped-\(level)-\(getpid())"
    let command = Command(executable: Programs.attacker, arguments: ["sleep", token])
    let child = try Machine.jail(level).wrap(command, JailPolicy(filter: .compute)).spawn()
    let program = try #require(
      processes(withArgument: token, atLeast: 1).compactMap { pid_t($0) }.max()
    )
    kill(program, SIGSTOP)
    #expect(becomes(.stopped, child.processIdentifier))
    kill(program, SIGCONT)
    #expect(becomes(.asleep, child.processIdentifier))
    _ = try child.stop()
  }

  /// Two programs on one processor: each waits for half of the time.
  @Test(.enabled(if: access("/usr/bin/taskset", X_OK) == 0, "util-linux is not installed"))
  func waitForTheProcessorIsSeen() throws {
    let allowed = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
      .firstMatch(of: /Cpus_allowed_list:\s*(\d+)/)?.1
    let command = Command(
      executable: "/usr/bin/taskset",
      arguments: ["-c", String(try #require(allowed)), Programs.attacker, "spin"]
    )
    let spinner = try Machine.jail(.unjailed).wrap(command, JailPolicy(filter: .none))
    let child = try spinner.spawn()
    let other = try spinner.spawn()
    var watch = ProcessWatch(child.processIdentifier)
    var glance = watch.look()
    for _ in 0..<600 where glance.queued == 0 || glance.computed == 0 {
      usleep(100_000)
      glance = watch.look()
    }
    #expect(glance.queued > 0)
    #expect(glance.computed > 0)
    _ = try child.stop()
    _ = try other.stop()
  }

  @Test func processThatIsNotThere() {
    var watch = ProcessWatch(.max)
    #expect(watch.look().state == .asleep)
  }
}

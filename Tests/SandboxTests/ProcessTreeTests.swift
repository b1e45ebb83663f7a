import Glibc
import Sandbox
import Testing

/// A program that computes is told from one that waits, however far below it is.
@Suite struct ProcessTreeTests {
  /// Looks again and again until the answer is this, for a minute at the most.
  private func becomes(_ wanted: Bool, _ process: Int32) -> Bool {
    for _ in 0..<12_000 {
      if ProcessTree.isComputing(from: process) == wanted { return true }
      usleep(5000)
    }
    return false
  }

  @Test(arguments: Machine.levels)
  func programThatComputes(level: JailLevel) throws {
    let command = Command(executable: Programs.attacker, arguments: ["spin"])
    let child = try Machine.jail(level).wrap(command, JailPolicy(filter: .compute)).spawn()
    #expect(becomes(true, child.processIdentifier))
    usleep(100_000)
    #expect(ProcessTree.isComputing(from: child.processIdentifier), "and goes on")
    _ = try child.stop()
  }

  @Test(arguments: Machine.levels)
  func programThatWaits(level: JailLevel) throws {
    let token = "waiting-\(level)-\(getpid())"
    let command = Command(executable: Programs.attacker, arguments: ["sleep", token])
    let child = try Machine.jail(level).wrap(command, JailPolicy(filter: .compute)).spawn()
    _ = try processes(withArgument: token, atLeast: 1)
    #expect(becomes(false, child.processIdentifier))
    _ = try child.stop()
  }

  @Test func processThatIsNotThere() {
    #expect(!ProcessTree.isComputing(from: .max))
  }
}

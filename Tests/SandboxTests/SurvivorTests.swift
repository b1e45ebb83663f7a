import Glibc
import Sandbox
import Testing

/// However a run ends, nothing of it is left.
@Suite struct SurvivorTests {
  private func sleeper(_ token: String) -> Command {
    Command(executable: Programs.attacker, arguments: ["sleep", token])
  }

  @Test(arguments: Machine.levels)
  func nothingIsLeftAfterDeadline(level: JailLevel) throws {
    let token = "deadline-\(level)-\(getpid())"
    let child = try Machine.jail(level).wrap(sleeper(token), JailPolicy(filter: .compute)).spawn()
    _ = try processes(withArgument: token, atLeast: 1)
    #expect(try child.wait(until: .now).stoppedByDeadline)
    #expect(processes(withArgument: token).isEmpty)
  }

  @Test(arguments: Machine.levels)
  func nothingIsLeftOfDroppedChild(level: JailLevel) throws {
    let token = "dropped-\(level)-\(getpid())"
    do {
      let child = try Machine.jail(level).wrap(sleeper(token), JailPolicy(filter: .compute))
        .spawn()
      _ = try processes(withArgument: token, atLeast: 1)
      _ = child
    }
    #expect(processes(withArgument: token).isEmpty)
  }

  @Test(arguments: Machine.levels)
  func daemonDoesNotOutliveItsProgram(level: JailLevel) throws {
    let token = "daemon-\(level)-\(getpid())"
    var policy = JailPolicy(filter: .compute)
    policy.omitted = [.filter]
    let outcome = try Machine.jail(level).attack("daemon", token, policy: policy)
    #expect(outcome.standardOutput.text == "allowed\n", "or the test would show nothing")
    #expect(processes(withArgument: token).isEmpty)
  }

  @Test func trustedProgramTakesItsDescendantsAlong() throws {
    let token = "trusted-\(getpid())"
    let outcome = try Machine.jail().attack("daemon", token, policy: .trusted())
    #expect(outcome.standardOutput.text == "allowed\n")
    #expect(processes(withArgument: token).isEmpty)
  }

  @Test func nothingIsLeftOfKilledGrader() async throws {
    await #expect(processExitsWith: .signal(SIGKILL)) {
      try leaveRunning("killed-grader")
    }
    for level in JailLevel.allCases {
      #expect(noneIsLeft(withArgument: "killed-grader-\(level)"))
    }
  }

  @Test(arguments: Machine.levels)
  func programDiesWithItsSupervisor(level: JailLevel) throws {
    let token = "supervisor-\(level)-\(getpid())"
    let child = try Machine.jail(level).wrap(sleeper(token), JailPolicy(filter: .compute)).spawn()
    _ = try processes(withArgument: token, atLeast: 1)
    for process in launchers(withArgument: token) { kill(process, SIGKILL) }
    #expect(noneIsLeft(withArgument: token))
    #expect(fault(of: child) == .launcherKilled(signal: SIGKILL))
  }

  @Test(.enabled(if: Machine.provides(.isolated)))
  func programOutlivesThreadThatSpawnedIt() throws {
    let jail = try Machine.jail(.isolated)
    let token = "thread-\(getpid())"
    let command = sleeper(token)
    let thread = SpawningThread { try? jail.wrap(command, JailPolicy(filter: .compute)).spawn() }
    guard let child = thread.join() else {
      Issue.record("not spawned")
      return
    }
    _ = try processes(withArgument: token, atLeast: 1)
    usleep(100_000)
    #expect(processes(withArgument: token).count == 1)
    _ = try child.stop()
  }
}

private func fault(of child: consuming Child) -> SandboxFault? {
  do throws(SandboxFault) {
    _ = try child.wait(until: .now + Machine.patience)
    return nil
  } catch {
    return error
  }
}

/// Spawns a program at each level, then dies as no signal handler could prevent.
private func leaveRunning(_ token: String) throws {
  var children: [Kept] = []
  for level in Machine.levels {
    let command = Command(executable: Programs.attacker, arguments: ["sleep", "\(token)-\(level)"])
    let jailed = try Machine.jail(level).wrap(command, JailPolicy(filter: .compute))
    children.append(Kept(child: try jailed.spawn()))
    _ = try processes(withArgument: "\(token)-\(level)", atLeast: 1)
  }
  Machine.cleanUp()
  kill(getpid(), SIGKILL)
  print(children.count)
}

private final class Kept {
  let child: Child
  init(child: consuming Child) { self.child = child }
}

/// A thread that spawns and ends.
private final class SpawningThread {
  private let body: () -> Child?
  private var thread = pthread_t()
  private var child: Child?

  init(_ body: @escaping () -> Child?) {
    self.body = body
    let pointer = Unmanaged.passUnretained(self).toOpaque()
    pthread_create(
      &thread,
      nil,
      {
        let owner = $0.map { Unmanaged<SpawningThread>.fromOpaque($0).takeUnretainedValue() }
        owner?.child = owner?.body()
        return nil
      },
      pointer
    )
  }

  func join() -> Child? {
    pthread_join(thread, nil)
    return child.take()
  }
}

import Glibc
import Sandbox
import Testing

/// A jail that broke is never taken for a program that failed, nor the other way round.
@Suite struct FaultTests {
  private func attempt(_ command: Command, _ policy: JailPolicy, _ level: JailLevel) throws
    -> SandboxFault?
  {
    do {
      _ = try Machine.jail(level).wrap(command, policy).run(within: Machine.patience)
      return nil
    } catch let fault as SandboxFault {
      return fault
    }
  }

  @Test func missingLauncherIsFaultOfOurs() throws {
    var report = try Machine.report.get()
    report.launcher = "/nowhere/grader-jail"
    let jail = try Jail(report, level: .unjailed)
    let command = Command(executable: Programs.attacker)
    #expect(throws: SandboxFault.self) {
      try jail.wrap(command, JailPolicy(filter: .compute)).run()
    }
  }

  @Test(arguments: Machine.levels)
  func missingProgramIsFaultOfOurs(level: JailLevel) throws {
    let fault = try attempt(
      Command(executable: "/nowhere/program"),
      JailPolicy(filter: .compute),
      level
    )
    guard case .launcherBroke(let what)? = fault else {
      if case .launcherVanished(let what)? = fault, level == .isolated {
        #expect(what.contains("/nowhere/program"), "bubblewrap says it before the launcher runs")
        return
      }
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(what.contains("/nowhere/program"))
  }

  @Test(.enabled(if: Machine.provides(.restricted)))
  func missingReadablePathIsFaultOfOurs() throws {
    let policy = JailPolicy(filter: .reader, readable: ["/nowhere/folder"])
    let fault = try attempt(Command(executable: Programs.attacker), policy, .restricted)
    #expect(
      fault == .launcherBroke("open /nowhere/folder for Landlock: No such file or directory")
    )
  }

  @Test func programThatIsNoProgramIsFaultOfOurs() throws {
    let folder = Folder()
    let text = try folder.write("not an executable", to: "program")
    chmod(text, 0o755)
    let fault = try attempt(Command(executable: text), JailPolicy(filter: .compute), .unjailed)
    #expect(fault == .launcherBroke("run \(text): Exec format error"))
  }

  /// Runs a program by a launcher that is a shell script.
  private func run(launcher script: String) throws -> Outcome {
    let folder = Folder()
    var report = try Machine.report.get()
    report.launcher = try folder.write("#!/bin/sh\n\(script)\n", to: "launcher")
    chmod(report.launcher, 0o755)
    return try Jail(report, level: .unjailed)
      .wrap(Command(executable: "/bin/true"), JailPolicy(filter: .none)).run()
  }

  /// Of the launcher's faults, those that may pass are told from those of the jail.
  @Test(arguments: [
    ("fault 11 fork: Resource temporarily unavailable", SystemError(code: EAGAIN), "fork"),
    ("fault 28 make /out: No space left on device", SystemError(code: ENOSPC), "make /out"),
  ])
  func faultOfLauncherThatMayPass(line: String, error: SystemError, call: String) throws {
    #expect(throws: SandboxFault.system(call: call, error)) {
      try run(launcher: "echo '\(line)' >&3\nexit 125")
    }
  }

  @Test func killedLauncherIsFaultOfOurs() throws {
    #expect(throws: SandboxFault.launcherKilled(signal: SIGKILL)) {
      try run(launcher: "kill -9 $$")
    }
  }

  /// Bubblewrap's first child waits for its parent, whoever kills that.
  @Test func nothingWaitsForWhatKilledLauncherBegan() throws {
    let token = "1\(getpid())"
    #expect(throws: SandboxFault.launcherKilled(signal: SIGKILL)) {
      try run(launcher: "exec setsid sh -c 'sleep \(token) & kill -9 $$'")
    }
    #expect(noneIsLeft(withArgument: token))
  }

  /// It was stopped when all was done, and nobody would ever let it go on.
  @Test func stoppedLauncherIsNotWaitedFor() throws {
    let outcome = try run(
      launcher: """
        echo 'ready landlock=0/0 filter=none uid=0' >&3
        echo 'ended 1792 killed=0 cpu=0 peak=0' >&3
        exec 3>&-
        kill -STOP $$
        """
    )
    #expect(outcome.ending == .exited(code: 7))
  }

  /// Nobody is left to kill the program but us.
  @Test(arguments: Machine.levels)
  func stoppedLaunchersDoNotKeepAProgram(level: JailLevel) throws {
    let token = "kept-\(level)-\(getpid())"
    let command = Command(executable: Programs.attacker, arguments: ["sleep", token])
    let child = try Machine.jail(level).wrap(command, JailPolicy(filter: .compute)).spawn()
    _ = try processes(withArgument: token, atLeast: 1)
    let launchers = launchers(withArgument: token)
    #expect(!launchers.isEmpty)
    for launcher in launchers { kill(launcher, SIGSTOP) }
    // With none of them to tell of it, its end may be a fault of the jail's.
    _ = try? child.stop()
    #expect(noneIsLeft(withArgument: token))
  }

  /// Another process that is just being started has all descriptors for a moment.
  @Test func programThatIsStillOpenForWriting() throws {
    let folder = Folder()
    let script = try folder.write("#!/bin/sh\nexit 7\n", to: "program")
    chmod(script, 0o755)
    let writer = open(script, O_WRONLY)
    var closer = pthread_t()
    let argument = UnsafeMutableRawPointer(bitPattern: Int(writer))
    pthread_create(
      &closer,
      nil,
      {
        usleep(300_000)
        close(Int32(Int(bitPattern: $0)))
        return nil
      },
      argument
    )
    let fault = try attempt(Command(executable: script), JailPolicy(filter: .none), .unjailed)
    pthread_join(closer, nil)
    #expect(fault == nil)
  }

  @Test(arguments: Machine.levels)
  func programWithExitCodeOfLauncherIsNoFault(level: JailLevel) throws {
    let outcome = try Machine.jail(level).attack("exit", "125")
    #expect(outcome.ending == .exited(code: 125))
  }

  @Test(arguments: Machine.levels)
  func programCannotSpeakForTheLauncher(level: JailLevel) throws {
    let lines = "fault 1 forged\nended 0 killed=0 cpu=0 peak=0"
    let outcome = try Machine.jail(level).attack("say-everywhere", lines)
    #expect(outcome.ending == .exited(code: 9))
    #expect(outcome.standardOutput.text == lines + lines, "1 and 2 are all it can write to")
  }

  @Test func workingFolderThatIsMissingIsFaultOfOurs() throws {
    let command = Command(executable: Programs.attacker, workingDirectory: "/nowhere")
    let fault = try attempt(command, JailPolicy(filter: .compute), .unjailed)
    #expect(fault == .launcherBroke("start in /nowhere: No such file or directory"))
  }
}

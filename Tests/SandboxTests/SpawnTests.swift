import Glibc
import Sandbox
import Testing

/// The words that reach a program and come back are the same at every level.
@Suite struct SpawnTests {
  @Test(arguments: Machine.levels)
  func reportsExitCode(level: JailLevel) throws {
    let outcome = try Machine.jail(level).attack("exit", "7")
    #expect(outcome.ending == .exited(code: 7))
    #expect(!outcome.stoppedByDeadline)
  }

  @Test(arguments: Machine.levels, [SIGSEGV, SIGABRT, SIGTERM])
  func reportsSignalAsSignal(level: JailLevel, signal: Int32) throws {
    let outcome = try Machine.jail(level).attack("raise", "\(signal)")
    #expect(outcome.ending == .signaled(signal))
    #expect(!outcome.stoppedByDeadline)
  }

  /// Such a signal is the kernel's or another person's: nobody's program can look disturbed.
  @Test(
    arguments: Machine.jailedLevels,
    [SIGKILL, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU]
  )
  func refusesToKillOrStopItself(level: JailLevel, signal: Int32) throws {
    let outcome = try Machine.jail(level).attack("raise", "\(signal)")
    #expect(outcome.ending == .exited(code: 255))
    #expect(!outcome.stoppedByDeadline)
  }

  @Test(arguments: Machine.levels)
  func reportsExitCodeThatLooksLikeSignalAsExitCode(level: JailLevel) throws {
    let outcome = try Machine.jail(level).attack("exit", "139")
    #expect(outcome.ending == .exited(code: 139))
  }

  @Test(arguments: Machine.levels)
  func handsOverInputAndTakesOutput(level: JailLevel) throws {
    let text = String(repeating: "to and fro ", count: 20_000)
    let outcome = try Machine.jail(level).attack("echo") {
      $0.standardInput = .bytes(Array(text.utf8))
      $0.outputCap = 1 << 20
    }
    #expect(outcome.standardOutput.text == text)
    #expect(!outcome.standardOutput.isTruncated)
  }

  @Test(arguments: Machine.levels)
  func emptyInputEndsAtOnce(level: JailLevel) throws {
    let outcome = try Machine.jail(level).attack("echo")
    #expect(outcome.ending == .exited(code: 0))
    #expect(outcome.standardOutput.totalBytes == 0)
  }

  @Test(arguments: Machine.levels)
  func inputThatNobodyReadsBlocksNothing(level: JailLevel) throws {
    let outcome = try Machine.jail(level).attack("exit", "3") {
      $0.standardInput = .bytes([UInt8](repeating: 1, count: 10 << 20))
    }
    #expect(outcome.ending == .exited(code: 3))
  }

  @Test(arguments: Machine.levels)
  func keepsOutputUpToCapAndReadsTheRest(level: JailLevel) throws {
    let outcome = try Machine.jail(level).attack("flood", "50000000") { $0.outputCap = 1000 }
    #expect(outcome.ending == .exited(code: 0))
    #expect(outcome.standardOutput.bytes == [UInt8](repeating: UInt8(ascii: "x"), count: 1000))
    #expect(outcome.standardOutput.totalBytes == 50_000_000)
    #expect(outcome.standardError.totalBytes == 0)
  }

  @Test(arguments: Machine.levels)
  func environmentIsExactlyWhatWasGiven(level: JailLevel) throws {
    setenv("SANDBOX_TEST_SECRET", "secret", 1)
    let given = ["NAME": "value", "EMPTY": "", "WITH": "a=b c"]
    let outcome = try Machine.jail(level).attack("environment") { $0.environment = given }
    let lines = outcome.standardOutput.text.split(separator: "\n").map(String.init)
    #expect(Set(lines) == ["NAME=value", "EMPTY=", "WITH=a=b c"])
    #expect(lines.count == 3)
  }

  @Test(arguments: Machine.levels)
  func startsInGivenFolder(level: JailLevel) throws {
    let folder = Folder()
    let policy = JailPolicy(filter: .reader, readable: [folder.path])
    let outcome = try Machine.jail(level).attack("directory", policy: policy) {
      $0.workingDirectory = folder.path
    }
    #expect(outcome.standardOutput.text == folder.path + "\n")
  }

  @Test(arguments: Machine.levels)
  func measuresMemoryOfTheProgramAlone(level: JailLevel) throws {
    let jail = try Machine.jail(level)
    let small = try jail.attack("exit", "0")
    let large = try jail.attack("hog", "\(100 << 20)")
    #expect(small.peakMemoryBytes < 8 << 20, "the grader's own memory must not be counted")
    #expect(large.peakMemoryBytes >= 100 << 20)
    #expect(large.peakMemoryBytes < 110 << 20)
  }

  @Test func childLivesWhileOthersWork() throws {
    let jail = try Machine.jail()
    let waiting = try jail.wrap(
      Command(executable: Programs.attacker, arguments: ["sleep"]),
      JailPolicy(filter: .compute)
    ).spawn()
    #expect(try jail.attack("exit", "0").ending == .exited(code: 0))
    let outcome = try waiting.stop()
    #expect(outcome.stoppedByDeadline)
    #expect(outcome.ending == .signaled(SIGKILL))
  }

  @Test func outputIsReadBeforeAnyoneWaits() throws {
    let socket = try DescriptorPair.sockets()
    let command = Command(
      executable: Programs.attacker,
      arguments: ["flood", "5000000"],
      passedDescriptors: [socket.second.number]
    )
    let jail = try Machine.jail()
    let child = try jail.wrap(command, JailPolicy(filter: .compute)).spawn()
    socket.second.close()
    // The end of the program, seen without waiting for it: its end of the socket closes.
    var byte: UInt8 = 0
    #expect(read(socket.first.number, &byte, 1) == 0)
    #expect(try child.wait().standardOutput.totalBytes == 5_000_000)
  }

  @Test func endIsSeenWithoutEndingAnything() throws {
    let jail = try Machine.jail()
    let policy = JailPolicy(filter: .compute)
    let sleeping = Command(executable: Programs.attacker, arguments: ["sleep"])
    let alive = try jail.wrap(sleeping, policy).spawn()
    let endedEarly = alive.hasEnded(by: .now + .milliseconds(50))
    #expect(!endedEarly)
    #expect(try alive.stop().stoppedByDeadline)

    let exiting = Command(executable: Programs.attacker, arguments: ["exit", "0"])
    let ended = try jail.wrap(exiting, policy).spawn()
    let endedInTime = ended.hasEnded(by: .now + Machine.patience)
    #expect(endedInTime)
    #expect(try ended.wait().ending == .exited(code: 0))
  }
}

import Glibc
import Sandbox
import Testing

/// Each limit holds at each level, and is what ends the program.
@Suite(.serialized) struct LimitTests {
  private func policy(_ limits: Limits) -> JailPolicy {
    JailPolicy(filter: .compute, limits: limits)
  }

  @Test(arguments: Machine.levels)
  func processorTime(level: JailLevel) throws {
    let outcome = try Machine.jail(level).attack("spin", policy: policy(Limits(cpuSeconds: 1)))
    #expect(outcome.ending == .signaled(SIGXCPU))
    #expect(!outcome.stoppedByDeadline)
    // The kernel compares by the tick and reports to the microsecond.
    #expect(outcome.cpuSeconds > 0.5 && outcome.cpuSeconds < 1.5)
    #expect(outcome.wallSeconds > outcome.cpuSeconds)
  }

  @Test func processorTimeOfProgramThatIgnoresTheWarning() throws {
    let outcome = try Machine.jail().attack(
      "spin-on",
      policy: policy(Limits(cpuSeconds: 1))
    )
    #expect(outcome.ending == .signaled(SIGKILL))
    #expect(!outcome.stoppedByDeadline)
    #expect(outcome.cpuSeconds < 3)
  }

  @Test(arguments: Machine.levels)
  func deadline(level: JailLevel) throws {
    let outcome = try Machine.jail(level).attack("sleep", within: .milliseconds(200))
    #expect(outcome.ending == .signaled(SIGKILL))
    #expect(outcome.stoppedByDeadline)
    #expect(outcome.wallSeconds >= 0.2 && outcome.wallSeconds < 60)
  }

  @Test(arguments: Machine.levels)
  func deadlineOfBusyProgram(level: JailLevel) throws {
    let outcome = try Machine.jail(level).attack("spin", within: .milliseconds(200))
    #expect(outcome.stoppedByDeadline)
  }

  @Test(arguments: Machine.levels)
  func deadlineThatHasPassedBeforeTheStart(level: JailLevel) throws {
    let outcome = try Machine.jail(level).attack("sleep", within: .zero)
    #expect(outcome.stoppedByDeadline)
  }

  @Test(arguments: Machine.levels, ["hog", "hog-shared", "hog-growing"])
  func memory(level: JailLevel, kind: String) throws {
    let jail = try Machine.jail(level)
    let limited = policy(Limits(addressSpaceBytes: 64 << 20))
    let outcome = try jail.attack(kind, "\(100 << 20)", policy: limited)
    #expect(outcome.standardOutput.text.hasPrefix("denied"))
    #expect(outcome.peakMemoryBytes < 64 << 20)
  }

  @Test(arguments: Machine.levels)
  func sizeOfFiles(level: JailLevel) throws {
    let jail = try Machine.jail(level)
    let folder = Folder()
    var policy = JailPolicy(filter: .compiler, writable: [folder.path])
    let file = folder.path + "/file"
    #expect(
      try jail.attack("write-file", file, policy: policy).ending == .exited(code: 0),
      "without a limit the file can be written"
    )
    policy.limits.fileSizeBytes = 10_000
    unlink(file)
    let outcome = try jail.attack("write-file", file, policy: policy)
    #expect(outcome.ending == .signaled(SIGXFSZ))
  }

  @Test(arguments: Machine.levels)
  func stackAndCoreFile(level: JailLevel) throws {
    let outcome = try Machine.jail(level).attack(
      "limits",
      policy: policy(Limits(stackBytes: 1 << 20))
    )
    #expect(outcome.standardOutput.text == "0 1048576\n")
  }

  @Test(arguments: Machine.jailedLevels)
  func processes(level: JailLevel) throws {
    let outcome = try Machine.jail(level).attack("fork-bomb", "100")
    #expect(outcome.standardOutput.text == "0\n")
  }

  @Test(arguments: Machine.levelsThatCountThreads)
  func threads(level: JailLevel) throws {
    let jail = try Machine.jail(level)
    let outcome = try jail.attack("threads", "500", policy: policy(Limits(threads: 40)))
    #expect(outcome.standardOutput.text == "39\n", "and the first thread makes 40")
  }

  @Test(arguments: Machine.jailedLevels)
  func descriptors(level: JailLevel) throws {
    let folder = Folder()
    let file = try folder.write("text", to: "file")
    var policy = JailPolicy(filter: .reader, readable: [folder.path])
    policy.limits.descriptors = 12
    let outcome = try Machine.jail(level).attack("open-often", file, policy: policy)
    #expect(outcome.standardOutput.text == "9\n")
  }
}

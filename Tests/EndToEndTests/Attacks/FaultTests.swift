import Foundation
import GraderCore
import Testing

/// What somebody else does to the programs of a grading costs no student a point.
@Suite struct FaultTests {
  private static let patience = 4

  /// Grades the solution, one of whose functions takes its time, while somebody sends signals to
  /// the programs of its tests.
  private func grading(_ signal: String, _ extent: String) throws -> Grading {
    let folder = try TemporaryFolder()
    let course = try TestCourse(
      limits: TestCourse.Limits(all: ["testWallSeconds": Self.patience, "testCPUSeconds": 30]),
      in: folder
    )
    let slow = Attack(
      "a nap",
      "enum Nap { static let taken = sleep(1) }; _ = Nap.taken",
      .passed
    )
    let homework = try Homework.solution.callingCopies().attacked(by: slow, in: Slot.all[0])
      .homework
    return try Grading.run(
      [try homework.packed(in: folder)],
      course: course.path,
      wrapper: [
        "/usr/bin/python3", "\(Repository.root)/Tests/Fixtures/disturb.py", "worker", signal,
        extent,
      ],
      in: folder
    )
  }

  /// A build that finds no space for its program says so, and not that the code does not build.
  @Test(.enabled(if: Namespaces.canMount, "no mounts of one's own here"), arguments: [1, 4])
  func noSpaceForTemporaryFiles(megabytes: Int) throws {
    let folder = try TemporaryFolder()
    let grading = try Grading.run(
      [try Homework.solution.packed(in: folder)],
      wrapper: Namespaces.wrapper("mount -t tmpfs -o size=\(megabytes)m none \"$TMPDIR\""),
      in: folder
    )
    #expect(grading.status == 75)
    #expect(grading.errors.contains("There is too little space for temporary files in "))
    #expect(grading.errors.contains("set TMPDIR to a folder that has more."))
  }

  @Test(arguments: ["KILL", "STOP"].sample(1))
  func once(signal: String) throws {
    let grade = try grading(signal, "once").grade
    #expect(grade.judged.allSatisfy { $0.status == .passed })
    #expect(grade.status == .graded)
  }

  @Test(
    arguments: [
      ("KILL", "ended because somebody else killed it"),
      ("STOP", "did not go on because somebody else had stopped it"),
    ].sample(0)
  )
  func always(signal: String, words: String) throws {
    let grading = try grading(signal, "always")
    #expect(grading.status == 75)
    #expect(grading.output == "")
    #expect(grading.errors.contains("The student's program in the test "))
    #expect(grading.errors.contains(" \(words), also when it ran again alone."))
  }

  /// Chains keep points only if they are right with the solution's functions: who kills the judges
  /// that look into it costs the grade, and no points.
  @Test func noJudgeOfChains() throws {
    let folder = try TemporaryFolder()
    let homework = try Homework.solution.replacing(
      "return x.mean(axis: 0)",
      with: "return x.mean(axis: 0) * 2",
      in: "Forward.swift"
    )
    let grading = try Grading.run(
      [try homework.packed(in: folder), "--naming-seconds", "0"],
      wrapper: [
        "/usr/bin/python3", "\(Repository.root)/Tests/Fixtures/disturb.py",
        "HiddenTests.xctest", "KILL", "later",
      ],
      in: folder
    )
    #expect(grading.status == 70)
    #expect(grading.output == "")
    #expect(grading.errors.contains(" told nothing of the solution's functions."))
  }
}

/// Commands in namespaces of their own, whose settings nobody else sees.
enum Namespaces {
  /// The words in front of a command, before which a script runs.
  static func wrapper(_ script: String, flags: String = "--mount") -> [String] {
    ["/usr/bin/unshare", flags, "/bin/sh", "-ec", "\(script); exec \"$@\"", "sh"]
  }

  static let canMount = works("mount -t tmpfs none /mnt", flags: "--mount")

  /// Tells whether a script can do there what it does.
  static func works(_ script: String, flags: String) -> Bool {
    let command = wrapper(script, flags: flags) + ["/bin/true"]
    return (try? Program.run(command[0], Array(command.dropFirst())).status) == 0
  }
}

import Foundation
import GraderCore
import Testing

/// What somebody else does to the programs of a grading costs no student a point.
@Suite struct FaultTests {
  private static let patience = 8

  /// Grades the solution, one of whose functions takes its time, while somebody sends signals to the
  /// programs of its tests.
  private func grading(_ signal: String, _ extent: String) throws -> Grading {
    let folder = try TemporaryFolder()
    let course = try TestCourse(
      limits: TestCourse.Limits(all: ["testWallSeconds": Self.patience, "testCPUSeconds": 30]),
      in: folder
    )
    let slow = Attack("a nap", "sleep(2)", .passed)
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

  @Test(arguments: ["KILL", "STOP"])
  func once(signal: String) throws {
    let grade = try grading(signal, "once").grade
    #expect(grade.judged.allSatisfy { $0.status == .passed })
    #expect(grade.status == .graded)
  }

  @Test(arguments: [
    ("KILL", "ended because somebody else killed it"),
    ("STOP", "did not go on because somebody else had stopped it"),
  ])
  func always(signal: String, words: String) throws {
    let grading = try grading(signal, "always")
    #expect(grading.status == 75)
    #expect(grading.output == "")
    #expect(grading.errors.contains("The student's program in the test "))
    #expect(grading.errors.contains(" \(words), also when it ran again alone."))
  }
}

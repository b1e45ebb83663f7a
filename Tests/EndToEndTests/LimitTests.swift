import Foundation
import GraderCore
import Testing

/// Each limit holds, and a grade says which one it was.
///
/// Limits are shortened for the purpose.
@Suite(.serialized) struct LimitTests {
  private func grade(
    _ homework: Homework,
    limits: TestCourse.Limits,
    _ arguments: String...
  ) throws -> Grade {
    let folder = try TemporaryFolder()
    let course = try TestCourse(limits: limits, in: folder)
    let archive = try homework.packed(in: folder)
    return try Grading.run([archive] + arguments, course: course.path, in: folder).grade
  }

  @Test func submissionsWallTime() throws {
    let slow = Attack("", "sleep(100)", .timedOut)
    var homework = try Homework.solution.callingCopies()
      .adding("Helpers.swift", "func zero() -> Int { 0 }\n")
    for slot in Slot.all[0..<2] { homework = try homework.attacked(by: slow, in: slot).homework }
    let grade = try self.grade(
      homework,
      limits: TestCourse.Limits(
        all: ["submissionWallSeconds": 3],
        tests: [
          "batch-mean": ["testWallSeconds": 2], "normalize": ["testWallSeconds": 2],
        ]
      ),
      "--jobs",
      "1"
    )
    #expect(grade.status == .incomplete)
    #expect(try grade.test("batch-mean").status == .timedOut)
    let last = try grade.test("network-d-w2")
    #expect(last.status == .notRun)
    #expect(last.message == "Not run: the tests before it used up the submission's 3 s.")
    #expect(last.score == .zero)
    #expect(grade.build.status == .built)
    #expect(grade.provenance.limits.submissionWallSeconds == 3)
  }

  /// The clock is for what waits: what computes is ended by its processor time, even if the clock's
  /// limit is over before.
  @Test(.beyondTheSample()) func endlessLoopEndsByItsProcessorTime() throws {
    let loop = Attack("", "while true {}", .timedOut)
    let homework = try Homework.solution.attacked(by: loop, in: Slot.all[9]).homework
    let limits = ["backward-closed": ["testCPUSeconds": 3, "testWallSeconds": 2]]
    let grade = try self.grade(homework, limits: TestCourse.Limits(tests: limits))
    #expect(grade.lost == ["backward-closed"])
    let message = try grade.test("backward-closed").message
    #expect(message.hasPrefix("Stopped after 3 s of processor time in"))
  }

  @Test func keptOutput() throws {
    let homework = try Homework.solution.replacing(
      "  return x.mean(axis: 0)",
      with: "  for _ in 0..<500 { print(\"0123456789\") }\n  return x.mean(axis: 0)",
      in: "Forward.swift"
    )
    let grade = try self.grade(
      homework,
      limits: TestCourse.Limits(all: ["outputBytes": 1_000])
    )
    #expect(grade.lost == [])
    let staff = try #require(try grade.test("batch-mean").staffMessage)
    #expect(staff.count < 1_200)
    #expect(staff.contains(/\((\d+) more bytes were not kept\)/))
  }

  /// A worker may not write to any file, so the limit shows where the compiler writes.
  @Test(.beyondTheSample()) func workersFileSize() throws {
    let homework = try Homework.solution.replacing(
      "  return x.mean(axis: 0)",
      with: """
          var limit = rlimit()
          getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
          print("file size: \\(limit.rlim_cur)")
          return x.mean(axis: 0)
        """,
      in: "Forward.swift"
    ).replacing("import CourseKit", with: "import CourseKit\nimport Glibc", in: "Forward.swift")
    let grade = try self.grade(homework, limits: .none)
    #expect(try #require(try grade.test("batch-mean").staffMessage).contains("file size: 0"))
  }

  @Test func limitsAreRecorded() throws {
    let all = [
      "compileCPUSeconds": 21, "compileWallSeconds": 22, "compileMemoryMiB": 3_000,
      "testCPUSeconds": 4, "testWallSeconds": 23, "testMemoryMiB": 300, "outputBytes": 2_000,
      "submissionWallSeconds": 100,
    ]
    let grade = try self.grade(.stub, limits: TestCourse.Limits(all: all))
    let recorded = try JSONEncoder().encode(grade.provenance.limits)
    let decoded = try JSONDecoder().decode([String: Int].self, from: recorded)
    #expect(decoded.filter { all[$0.key] != nil } == all)
  }
}

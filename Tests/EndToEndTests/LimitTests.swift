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
  ) throws -> (grade: Grade, processorSeconds: Double) {
    let folder = try TemporaryFolder()
    let course = try TestCourse(limits: limits, in: folder)
    let archive = try homework.packed(in: folder)
    let grading = try Grading.run([archive] + arguments, course: course.path, in: folder)
    return (try grading.grade, grading.processorSeconds)
  }

  /// Keeps the type checker busy for longer than any limit.
  private static let bomb =
    "\nlet bomb: Int = "
    + (0..<40).map { "[\($0): \"\($0)\"].count + -(\($0) - 1.0)" }.joined(separator: " * ") + "\n"

  private func expectBlocked(_ file: String, because reason: String, in grade: Grade) throws {
    let blocked = grade.build.parts.filter { $0.status == .blocked }
    #expect(blocked.map(\.file) == ["Sources/BatchNorm/\(file)"])
    #expect(blocked.first?.message == "Sources/BatchNorm/\(file): error: \(reason)")
    #expect(grade.lost == ["backward-closed"])
  }

  @Test(.beyondTheSample()) func compilersProcessorTime() throws {
    let homework = try Homework.solution.appending(Self.bomb, to: "ClosedForm.swift")
    let (grade, processorSeconds) = try grade(
      homework,
      limits: TestCourse.Limits(all: ["compileCPUSeconds": 3])
    )
    try expectBlocked(
      "ClosedForm.swift",
      because: "compiling took more than 3 s of processor time; simplify long expressions",
      in: grade
    )
    #expect(processorSeconds < 120)
  }

  /// Less than the ten seconds of processor time that a second try gets.
  @Test(.beyondTheSample()) func compilersWallTime() throws {
    let homework = try Homework.solution.appending(Self.bomb, to: "ClosedForm.swift")
    let (grade, processorSeconds) = try grade(
      homework,
      limits: TestCourse.Limits(all: ["compileWallSeconds": 9])
    )
    try expectBlocked("ClosedForm.swift", because: "compiling took longer than 9 s", in: grade)
    #expect(processorSeconds < 120)
  }

  @Test(.beyondTheSample()) func compilersMemory() throws {
    let literals = (0..<240_000).map { "\"\($0 % 10)\"" }.joined(separator: ",")
    let homework = try Homework.solution.appending(
      "\nlet bomb = [\(literals)]\n",
      to: "ClosedForm.swift"
    )
    let (grade, processorSeconds) = try grade(
      homework,
      limits: TestCourse.Limits(all: ["compileMemoryMiB": 600])
    )
    try expectBlocked(
      "ClosedForm.swift",
      because: "compiling took more than 600 MiB of memory; make the file smaller",
      in: grade
    )
    #expect(processorSeconds < 120)
  }

  /// In all files, so that there is nothing to find out by leaving one away.
  @Test(.beyondTheSample()) func searchEnds() throws {
    var homework = Homework.solution
    for file in Homework.parts {
      homework = try homework.appending(
        Self.bomb.replacing("bomb", with: "bomb\(file.prefix { $0 != "." })"),
        to: file
      )
    }
    let (grade, processorSeconds) = try grade(
      homework,
      limits: TestCourse.Limits(all: ["compileCPUSeconds": 3])
    )
    #expect(grade.status == .didNotBuild)
    #expect(grade.statuses == [.notRun])
    #expect(processorSeconds < 120)
  }

  @Test func submissionsWallTime() throws {
    let slow = Attack("", "sleep(100)", .timedOut)
    var homework = try Homework.solution.callingCopies()
      .adding("Helpers.swift", "func zero() -> Int { 0 }\n")
    for slot in Slot.all[0..<2] { homework = try homework.attacked(by: slow, in: slot).homework }
    let (grade, _) = try grade(
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
    let (grade, _) = try grade(homework, limits: TestCourse.Limits(tests: limits))
    #expect(grade.lost == ["backward-closed"])
    let message = try grade.test("backward-closed").message
    #expect(message.hasPrefix("Stopped after 3 s of processor time in"))
  }

  @Test func keptOutput() throws {
    let homework = try Homework.solution.replacing(
      "  return x.mean(axis: 0)",
      with: "  for _ in 0..<10_000 { print(\"0123456789\") }\n  return x.mean(axis: 0)",
      in: "Forward.swift"
    )
    let (grade, _) = try grade(
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
    let (grade, _) = try grade(homework, limits: .none)
    #expect(try #require(try grade.test("batch-mean").staffMessage).contains("file size: 0"))
  }

  @Test func limitsAreRecorded() throws {
    let all = [
      "compileCPUSeconds": 21, "compileWallSeconds": 22, "compileMemoryMiB": 3_000,
      "testCPUSeconds": 4, "testWallSeconds": 23, "testMemoryMiB": 300, "outputBytes": 2_000,
      "submissionWallSeconds": 100,
    ]
    let (grade, _) = try grade(.stub, limits: TestCourse.Limits(all: all))
    let recorded = try JSONEncoder().encode(grade.provenance.limits)
    let decoded = try JSONDecoder().decode([String: Int].self, from: recorded)
    #expect(decoded.filter { all[$0.key] != nil } == all)
  }
}

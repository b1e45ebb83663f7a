import Foundation
import GraderCore
import Testing

/// Naming slips comes after all points, which do not depend on it.
@Suite(.serialized) struct NamingTests {
  /// A slip in the mean alone: nothing else of the homework calls it.
  private static func homework() throws -> Homework {
    try Homework.solution.replacing(
      "return x.mean(axis: 0)",
      with: "return x.sum(axis: 0)",
      in: "Forward.swift"
    ).callingCopies()
  }

  /// All that a student gets, with or without names.
  private func essence(of grade: Grade) -> [String] {
    grade.tests.map { "\($0.id) \($0.status) \($0.score)" }
  }

  /// All of a grade but for the archive's name, the clock and what it took.
  private func timeless(_ grade: Grade) throws -> String {
    var grade = grade
    grade.submission.name = ""
    (grade.provenance.gradedAt, grade.provenance.replay) = ("", nil)
    for index in grade.tests.indices { grade.tests[index].usage = nil }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(grade), as: UTF8.self)
  }

  private func slips(of grade: Grade) -> [String] { grade.tests.compactMap(\.facts?.slip) }

  @Test func pointsDoNotDependOnNames() throws {
    let homework = try Self.homework()
    let named = try homework.graded("--jobs", "2")
    let unnamed = try homework.graded("--jobs", "1", "--naming-seconds", "0")
    #expect(essence(of: named) == essence(of: unnamed))
    #expect(named.status == .graded)
    #expect(!slips(of: named).isEmpty)
    #expect(slips(of: unnamed).isEmpty)
    let staff = unnamed.tests.compactMap(\.staffMessage).joined()
    #expect(staff.contains("Its slip was not looked for: the 0 s of processor time were used up."))
  }

  /// Slips, a chain that carries one, a trap, a test that computes to its limit and one that waits.
  private static func variedHomework() throws -> Homework {
    var homework = try homework().replacing(
      "return direct + throughVariance + throughMean",
      with: "return direct + throughVariance",
      in: "Steps.swift"
    ).adding("Zero.swift", "func zero() -> Int { 0 }\n")
    for (function, code) in [
      ("updateRunning", "if zero() == 0 { fatalError() }"),
      ("batchNormInference", "while zero() == 0 {}"),
      ("batchNormBackwardClosed", "while zero() == 0 { sleep(1) }"),
    ] {
      let slot = try #require(Slot.all.first { $0.function == function })
      homework = try homework.attacked(by: Attack("", code, .failed), in: slot).homework
    }
    return homework
  }

  /// Whole grades: with a cache that holds nothing and one that holds all, or that was restored
  /// elsewhere, alone and in a class, on one core and on two, one test at a time and several.
  @Test(.beyondTheSample()) func gradesAreTheSameColdOrWarm() throws {
    let folder = try TemporaryFolder()
    let cache = "/tmp/chainrule-cold-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: cache) }
    var environment = ["CHAINRULE_CACHE": cache]
    let archive = try Self.variedHomework().packed(in: folder)
    func grade(_ jobs: String, on wrapper: [String] = []) throws -> Grading {
      try Grading.run(
        [archive, "--jobs", jobs],
        environment: environment,
        wrapper: wrapper,
        in: folder
      )
    }
    let cold = try grade("1", on: ["/usr/bin/taskset", "-c", "0"])
    #expect(cold.errors.contains("Naming the slips of"))
    #expect(!slips(of: try cold.grade).isEmpty)
    let warm = try [("2", []), ("1", []), ("4", ["/usr/bin/taskset", "-c", "0"])].map {
      try grade($0, on: $1)
    }
    #expect(warm.map(\.errors) == ["", "", ""])
    try folder.shell("mkdir class && cp '\(archive)' class/one.tar.gz")
    let batch = try Grading.run(
      ["batch", "class", "-o", "results"],
      environment: environment,
      in: folder
    )
    #expect(batch.errors.contains("building planted mistakes"))
    let path = "\(folder.path)/results/grades/one.json"
    let inClass = try JSONDecoder().decode(Grade.self, from: Data(contentsOf: URL(filePath: path)))
    let moved = "\(cache)-moved"
    defer { try? FileManager.default.removeItem(atPath: moved) }
    try folder.shell("mv \(cache) \(moved)")
    environment["CHAINRULE_CACHE"] = moved
    let elsewhere = try grade("2")
    #expect(elsewhere.errors == "")
    for other in try warm.map({ try $0.grade }) + [inClass, try elsewhere.grade] {
      #expect(try timeless(other) == timeless(try cold.grade))
    }
  }

  /// A test that computes for 3 of the submission's 5 s: asked once more for its slip inside that
  /// time, it would leave none for the tests after it.
  @Test func namesTakeNoTimeOfTheSubmission() throws {
    let folder = try TemporaryFolder()
    let course = try TestCourse(limits: .init(all: ["submissionWallSeconds": 5]), in: folder)
    let slow = Attack("", "computeOnce()", .failed)
    let homework = try Self.homework().attacked(by: slow, in: Slot.all[0]).homework.adding(
      "Slow.swift",
      """
      import Glibc
      nonisolated(unsafe) private var calls = 0
      // Tests of other functions ask for it once, to see what it leaves behind.
      func computeOnce() {
        calls += 1
        while calls == 2, clock() < 3 * 1_000_000 {}
      }

      """
    )
    let grade = try homework.graded("--jobs", "1", course: course.path)
    #expect(grade.status == .graded)
    #expect(try grade.test("batch-mean").facts?.slip != nil)
    #expect(try grade.test("batch-mean").usage?.cpuSeconds ?? 0 > 2.9)
  }
}

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

  /// A cache that holds nothing, alone and in a class, on one core and two.
  @Test(.beyondTheSample()) func gradesAreTheSameColdOrWarm() throws {
    let folder = try TemporaryFolder()
    let cache = "/tmp/chainrule-cold-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: cache) }
    let environment = ["CHAINRULE_CACHE": cache]
    let archive = try Self.homework().packed(in: folder)
    func grade(_ jobs: String) throws -> Grading {
      try Grading.run([archive, "--jobs", jobs], environment: environment, in: folder)
    }
    let cold = try grade("1")
    #expect(cold.errors.contains("Naming the slips of"))
    let warm = try grade("2")
    #expect(warm.errors == "")
    try folder.shell("mkdir class && cp '\(archive)' class/one.tar.gz")
    let batch = try Grading.run(
      ["batch", "class", "-o", "results"],
      environment: environment,
      in: folder
    )
    #expect(batch.errors.contains("building planted mistakes"))
    let path = "\(folder.path)/results/grades/one.json"
    let inClass = try JSONDecoder().decode(Grade.self, from: Data(contentsOf: URL(filePath: path)))
    for other in [try warm.grade, inClass] {
      #expect(essence(of: try cold.grade) == essence(of: other))
      #expect(slips(of: try cold.grade) == slips(of: other))
    }
  }

  /// Tests that compute for long never cost those after them more when names are looked for.
  @Test func namesTakeNoTimeOfTheSubmission() throws {
    let folder = try TemporaryFolder()
    let course = try TestCourse(limits: .init(all: ["submissionWallSeconds": 3]), in: folder)
    let grade = try Self.homework().graded("--jobs", "1", course: course.path)
    #expect(grade.status == .graded)
    #expect(!slips(of: grade).isEmpty)
  }
}

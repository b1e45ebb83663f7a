import Foundation
import GraderCore
import Testing

/// Tests that make sense only if another passed, from the rubric to the page.
@Suite struct OnlyIfTests {
  /// Both wait, the first of them for one that comes behind it and waits itself.
  private static let conditions = [
    "batch-mean": "variance-stable", "variance-stable": "batch-variance",
  ]

  private func grade(_ homework: Homework, jobs: Int = 2) throws -> Grade {
    let folder = try TemporaryFolder()
    let course = try TestCourse(limits: .none, onlyIf: Self.conditions, in: folder)
    return try homework.graded("--jobs", "\(jobs)", course: course.path)
  }

  @Test(arguments: [1, 3])
  func whatWaitsIsJudgedOnlyIfTheOtherPassed(jobs: Int) throws {
    let solved = try grade(.solution, jobs: jobs)
    #expect(solved.statuses == [.passed])
    #expect(solved.score == solved.maxScore)

    let slip = try Homework.solution.replacing(
      "return (x - mean).squared().mean(axis: 0)",
      with: "return (x - mean).squared().sum(axis: 0) / Double(x.shape[0] - 1)",
      in: "Forward.swift"
    )
    let grade = try grade(slip, jobs: jobs)
    #expect(grade.status == .graded)
    #expect(try grade.test("batch-variance").status == .failed)
    for (id, title) in [
      ("variance-stable", "Variance of each feature"),
      ("batch-mean", "Variance far from zero (offset 1e7)"),
    ] {
      let test = try grade.test(id)
      #expect(test.status == .notJudged && test.score == .zero, "\(id)")
      #expect(test.message == "Not judged, since “\(title)” did not pass.")
      #expect(test.usage == nil, "it was not run")
    }
    // Chains lose what the steps lost, and are proved all the same.
    #expect(try grade.test("network-loss").status == .partial)
  }

  /// A test that would use up the submission's time does not run where nothing depends on it.
  @Test func whatIsNotJudgedTakesNoTime() throws {
    let slip = try Homework.solution.replacing(
      "return (x - mean).squared().mean(axis: 0)",
      with: """
        while mean.count > 1, mean.scalars.allSatisfy({ (0.9e7...2.1e7).contains(abs($0)) }) {}
          return 2 * (x - mean).squared().mean(axis: 0)
        """,
      in: "Forward.swift"
    )
    func statuses(_ conditions: [String: String]) throws -> [Verdict.Kind] {
      let folder = try TemporaryFolder()
      let limits = TestCourse.Limits(all: ["submissionWallSeconds": 4])
      let course = try TestCourse(limits: limits, onlyIf: conditions, in: folder)
      let grade = try slip.graded(course: course.path)
      return [try grade.test("variance-stable").status, try grade.test("grad-x-hat").status]
    }
    #expect(try statuses([:]) == [.timedOut, .notRun])
    #expect(try statuses(["variance-stable": "batch-variance"]) == [.notJudged, .passed])
  }

  @Test func conditionThatMakesNoSenseIsRefused() throws {
    let folder = try TemporaryFolder()
    let archive = try Homework.stub.packed(in: folder)
    let course = try TestCourse(
      limits: .none,
      onlyIf: ["batch-mean": "batch-variance", "batch-variance": "batch-mean"],
      in: folder
    )
    let run = try Grading.run([archive], course: course.path, in: folder)
    #expect(run.status == 70)
    #expect(run.errors.contains("batch-mean, batch-variance: they wait for each other"))
  }
}

import Foundation
import GraderCore
import Testing

/// `grader validate` of some programs alone.
@Suite struct ValidateCommandTests {
  private func validate(_ options: String) throws -> Grading {
    let words = options.split(separator: " ").map(String.init)
    return try Grading.run(["validate", "a1-batch-norm"] + words, in: TemporaryFolder())
  }

  @Test func onlyTheProgramsThatAreNamed() throws {
    let run = try validate("--only Welf* --only mean-not-over-n --other-seeds 2 --json")
    #expect(run.status == 0, "\(run.errors)")
    let validation = try JSONDecoder().decode(Validation.self, from: Data(run.output.utf8))
    #expect(validation.only == ["Welf*", "mean-not-over-n"])
    #expect(validation.subjects.map(\.name) == ["welford", "mean-not-over-n"])
    #expect(validation.subjects.map(\.kind) == [.variant, .mutant])
    #expect(validation.subjects.map(\.runs) == [2, 2])
    #expect(validation.isGood)
  }

  /// Words that tell the solution are told before anything is built: here nothing can be.
  @Test func wordsThatTellTheSolution() throws {
    let course = try TemporaryFolder()
    let assignment = "\(course.path)/reference/a1-batch-norm"
    try course.shell(
      """
      tar -C '\(Repository.root)' --exclude='.*' -c assignments reference | tar -x
      sed -i "s|slip: 'the numerator of equation (3) is off'|slip: 'it is x - mean'|" \
        \(assignment)/Mutants/mutants.yaml
      echo '#error("no package")' > \(assignment)/Package.swift
      """
    )
    let run = try Grading.run(["validate", "a1-batch-norm"], course: course.path, in: course)
    #expect(run.status == 70)
    let words = """
      BAD The words of the planted mistake normalize-sign, "it is x - mean", tell the solution by \
      `x - mean`.
      """
    #expect(run.errors.hasPrefix(words), "\(run.errors)")
  }

  @Test func pricesOfAFewSlips() throws {
    let run = try validate("--fairness --slips 2 --pairs 1 --draw 5 --json")
    #expect(run.status == 0, "\(run.errors)")
    let fairness = try JSONDecoder().decode(Fairness.self, from: Data(run.output.utf8))
    #expect(fairness.prices.filter(\.program.isEmpty).count == 2)
    #expect(fairness.prices.contains { !$0.program.isEmpty })
    #expect(fairness.prices.allSatisfy { $0.lost.allSatisfy { $0 > .zero } })
    #expect(fairness.pairs.count == 1)
    #expect(fairness.isGood)
    #expect(try validate("--fairness --only welford").status == 64)
  }

  @Test func unknownNameIsNothingToTry() throws {
    let run = try validate("--only welford wellford")
    #expect(run.status == 64)
    #expect(run.output == "")
    #expect(run.errors.contains("is called wellford"), "\(run.errors)")
    #expect(run.errors.contains("Near it are: welford."), "\(run.errors)")
  }
}

import GraderCore
import Testing

/// The words about a suite's proof, and about the trial of some programs.
@Suite struct ValidationTableTests {
  private static let grad = "grad-input"

  private func subject(
    losing losses: [String: Int] = [:],
    wrong seeds: [UInt64] = []
  ) -> Validation.Subject {
    var subject = Validation.Subject(name: "float-inside", kind: .variant, expected: [])
    subject.losses = losses
    subject.wrongSeeds = seeds
    subject.runs = 1_000
    return subject
  }

  private func lines(only: [String]? = ["Float-*"], _ subject: Validation.Subject) -> [String] {
    let validation = Validation(
      assignment: "a1-batch-norm",
      only: only,
      seeds: .init(solution: only == nil ? 20 : 0, others: 1_000),
      tests: [Self.grad],
      subjects: [subject],
      oracleTests: 0,
      problems: []
    )
    return ValidationTable.text(for: validation).split(separator: "\n").map(String.init)
  }

  @Test func someProgramsAreNoProof() {
    #expect(
      lines(subject()).suffix(5) == [
        "1000 seeds for each program",
        "wrongly failed: 0 of 1000 tests of right code",
        "wrongly passed: 0 of 0 tests of planted mistakes",
        "only Float-* tried, which is no proof of the suite",
        "as declared",
      ]
    )
  }

  @Test func allProgramsAreAProof() {
    let lines = lines(only: nil, subject())
    #expect(lines.last == "valid")
    #expect(lines.contains("20 seeds for the solution, 1000 for each other"))
    #expect(!lines.contains { $0.contains("no proof") })
  }

  @Test func seedsThatWentWrongAreNamed() {
    let wrong = subject(losing: [Self.grad: 12], wrong: Array(31...42))
    let words =
      "variant float-inside: not as declared under seeds "
      + "31, 32, 33, 34, 35, 36, 37, 38, 39, 40 and 2 more"
    #expect(lines(wrong).contains(words))
    #expect(lines(wrong).last == "NOT AS DECLARED")
    #expect(lines(only: nil, wrong).contains(words))
    #expect(lines(only: nil, wrong).last == "NOT VALID")
  }
}

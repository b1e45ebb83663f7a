import GraderCore
import TestSupport
import Testing

/// The proof of a suite in which tests wait for others.
@Suite struct ValidationTests {
  private func subject(_ expected: [String]) -> Validation.Subject {
    var subject = Validation.Subject(name: "m", kind: .mutant, expected: expected)
    let results = [
      Grade.TestResult(id: "first", status: .failed, score: 0, of: 100),
      Grade.TestResult(id: "second", status: .notJudged, score: 0, of: 100),
    ]
    subject.count(results, seed: 1)
    return subject
  }

  private func text(_ subject: Validation.Subject) -> [Substring] {
    ValidationTable.text(
      for: Validation(
        assignment: "a",
        seeds: Validation.Seeds(solution: 1, others: 1),
        tests: ["first", "second"],
        subjects: [subject],
        oracleTests: 1,
        problems: []
      )
    ).split(separator: "\n")
  }

  /// A mistake that another test shows first says nothing about what waits for that one.
  @Test func whatIsNotJudgedIsNoLoss() {
    let subject = subject(["first"])
    #expect(subject.isGood)
    #expect(subject.losses == ["first": 1] && subject.falseFails == 0)
    let text = text(subject)
    #expect(text[0].hasSuffix("   - not judged"))
    #expect(text[3] == "mutant m   x  -")
    #expect(text.last == "valid")
  }

  @Test func whatIsNotJudgedCannotBeExpected() {
    let subject = subject(["first", "second"])
    #expect(!subject.isGood)
    #expect(
      text(subject).contains(
        "problem: mutant m: second is not judged, since a test that it waits for loses points; "
          + "take it out of what is expected"
      )
    )
  }
}

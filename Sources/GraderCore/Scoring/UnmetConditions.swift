/// Tests that make sense only if another passed, and are not judged where it did not.
package enum UnmetConditions {
  /// The verdict on a test that waits for another among those before it, which are given by their
  /// ids; nil if nothing keeps it from being judged.
  package static func verdict(
    on test: Assignment.Test,
    after others: [String: ScoredTest]
  ) -> Verdict? {
    guard let id = test.onlyIf, let other = others[id], other.isCharged else { return nil }
    return .notJudged(Verdict.Condition(test: id, title: other.title))
  }

  /// The tests, in which none stands that waited for one that did not pass after all.
  ///
  /// All tests of the rubric are given, in its order. What is known to be in the way of a test
  /// itself, as a file that is missing, stays.
  package static func applied(
    to tests: [ScoredTest],
    of assignment: Assignment
  ) -> [ScoredTest] {
    var applied = tests
    var others: [String: ScoredTest] = [:]
    for place in assignment.rounds.joined() {
      let test = assignment.tests[place]
      if let verdict = verdict(on: test, after: others), applied[place].status != .notRun {
        applied[place] = .judged(JudgedTest(test, Judgement(verdict: verdict)))
      }
      others[test.id] = applied[place]
    }
    return applied
  }
}

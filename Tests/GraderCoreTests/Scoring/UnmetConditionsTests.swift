import GraderCore
import TestSupport
import Testing

/// Tests that make sense only if another passed.
@Suite struct UnmetConditionsTests {
  private func judged(_ test: Assignment.Test, _ verdict: Verdict) -> ScoredTest {
    .judged(JudgedTest(test, Judgement(verdict: verdict)))
  }

  private let tests = [
    Assignment.Test(id: "last", onlyIf: "middle"), Assignment.Test(id: "first"),
    Assignment.Test(id: "middle", onlyIf: "first"), Assignment.Test(id: "other"),
  ]

  private func statuses(_ verdicts: [Verdict]) -> [Verdict.Kind] {
    let all = zip(tests, verdicts).map { judged($0, $1) }
    return UnmetConditions.applied(to: all, of: Assignment(tests: tests)).map(\.status)
  }

  /// Whatever keeps the first from all of its points, those behind it are not judged.
  @Test(
    arguments: [
      .failed, .partial(Points(hundredths: 50)), .crashed(.signaled(4)),
      .timedOut(.cpu(seconds: 5)), .outOfMemory(limitMiB: 1), .badReply(reason: ""),
      .notRun(.file("A.swift")),
    ] as [Verdict]
  )
  func nothingIsJudgedBehindWhatDidNotPass(verdict: Verdict) {
    #expect(
      statuses([.passed, verdict, .passed, .failed])
        == [.notJudged, verdict.kind, .notJudged, .failed]
    )
  }

  @Test func allIsJudgedBehindWhatPassed() {
    #expect(
      statuses([.passed, .passed, .passed, .failed]) == [.passed, .passed, .passed, .failed]
    )
    #expect(
      statuses([.failed, .passed, .failed, .passed]) == [.notJudged, .passed, .failed, .passed]
    )
  }

  /// A file that is missing is told of the test itself.
  @Test func whatCouldNotRunSaysWhy() {
    let missing = Verdict.notRun(.missingFile("A.swift"))
    #expect(
      statuses([missing, .failed, .passed, .passed]) == [.notRun, .failed, .notJudged, .passed]
    )
  }

  /// An earlier grade's result stands only as long as that of the test that it waits for.
  @Test func standingResultsWaitToo() {
    let standing = tests.map {
      ScoredTest.standing(Grade.TestResult(id: $0.id, status: .passed, score: 100, of: 100))
    }
    var now = standing
    now[1] = judged(tests[1], .failed)
    let assignment = Assignment(tests: tests)
    #expect(
      UnmetConditions.applied(to: now, of: assignment).map(\.status)
        == [.notJudged, .failed, .notJudged, .passed]
    )
    #expect(
      UnmetConditions.applied(to: standing, of: assignment).map(\.score.hundredths)
        == [100, 100, 100, 100]
    )
  }

  @Test func itGivesNoPointsAndNamesTheOther() {
    let verdict = UnmetConditions.verdict(
      on: tests[2],
      after: ["first": judged(tests[1], .failed)]
    )
    #expect(verdict == .notJudged(Verdict.Condition(test: "first", title: "first")))
    #expect(verdict?.score(of: Points(hundredths: 100)) == .zero)
    #expect(
      UnmetConditions.verdict(on: tests[2], after: ["first": judged(tests[1], .passed)]) == nil
    )
    #expect(UnmetConditions.verdict(on: tests[1], after: [:]) == nil)
  }

  /// Points stay lost, but the grade is whole, and nobody is accused.
  @Test func theGradeIsWhole() {
    let rows = [Grade.TestResult(id: "a", status: .notJudged, score: 0, of: 100)]
    #expect(rows.status == .graded)
    #expect(!Verdict.Kind.notJudged.isLoss && !Verdict.Kind.notJudged.isPending)
  }
}

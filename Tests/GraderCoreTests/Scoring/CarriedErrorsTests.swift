import GraderCore
import JudgeEvents
import TestSupport
import Testing

/// A chain that is right for the student's own steps loses the share that the steps lose.
@Suite struct CarriedErrorsTests {
  /// A judged test that got so many hundredths; a `chain` is right for the student's own steps.
  private func judged(
    _ id: String,
    _ score: Int,
    of points: Int,
    carries: [String]? = nil,
    isCarried: Bool = false
  ) -> ScoredTest {
    let points = Points(hundredths: points)
    let score = Points(hundredths: score)
    var judgement = Judgement(
      verdict: score == points ? .passed : score > .zero ? .partial(score) : .failed,
      findings: [.remark("dX is wrong.")]
    )
    if carries != nil || isCarried {
      let other = isCarried ? 1.0 : 2
      judgement.standIn = .right
      judgement.chains = [answers([1])]
      judgement.compositions = [
        Composition(
          route: 0,
          answers: answers([other]),
          steps: (carries ?? []).map { .init(test: $0) }
        )
      ]
    }
    let test = Assignment.Test(id: id, points: points.hundredths, carries: carries)
    return .judged(JudgedTest(test, judgement))
  }

  private func answers(_ values: [Double], end: String? = nil) -> ChainAnswers {
    ChainAnswers(question: 0, draws: [[.init(shape: [values.count], values: values)]], end: end)
  }

  private func scores(_ tests: [ScoredTest]) -> [Int] {
    CarriedErrors.applied(to: tests).map(\.score.hundredths)
  }

  private let build = Grade.BuildRecord(status: .built, parts: [], diagnostics: "")

  @Test(arguments: [
    // Hundredths of the steps, of 200 and 400; of the chain, of 800. Where the steps have all their
    // points, the chain is wrong by itself.
    (200, 400, 0), (200, 0, 266), (0, 400, 533), (0, 0, 0), (1, 0, 1), (66, 133, 265),
  ])
  func shareOfTheSteps(first: Int, second: Int, chain: Int) {
    let tests = [
      judged("one", first, of: 200), judged("two", second, of: 400), judged("else", 900, of: 900),
      judged("chain", 0, of: 800, carries: ["one", "two"], isCarried: true),
    ]
    #expect(scores(tests) == [first, second, 900, chain])
  }

  @Test func nothingToCarry() {
    let one = judged("one", 200, of: 200)
    #expect(scores([one, judged("chain", 0, of: 800, isCarried: true)]) == [200, 0])
    #expect(scores([one, judged("chain", 0, of: 800, carries: [], isCarried: true)]) == [200, 0])
    let chain = judged("chain", 0, of: 800, carries: ["one"], isCarried: true)
    #expect(scores([judged("one", 0, of: 0), chain]) == [0, 0])
  }

  private func tests(_ first: Int = 200, carried: Set<String>) -> [ScoredTest] {
    let chain = carried.contains("chain")
    return [
      judged("one", first, of: 200), judged("two", 0, of: 200),
      judged("chain", 0, of: 800, carries: ["one", "two"], isCarried: chain),
      judged("longer", 0, of: 400, carries: ["chain"], isCarried: carried.contains("longer")),
    ]
  }

  private func results(_ tests: [ScoredTest]) -> [Grade.TestResult] {
    tests.map { Grade.TestResult($0, build: build) }
  }

  @Test func onlyCarriedChainsAreRaised() {
    let applied = results(CarriedErrors.applied(to: tests(carried: ["chain"])))
    #expect(applied.map(\.score.hundredths) == [200, 0, 400, 0])
    #expect(applied.map(\.status) == [.passed, .failed, .partial, .failed])
    #expect(
      applied[2].message
        == "As your own steps make it: the error is carried over from them, and part of the points "
        + "is kept. dX is wrong."
    )
    let share = CarriedShare(earned: Points(hundredths: 200), of: Points(hundredths: 400))
    #expect(applied[2].facts?.carried == share)
    #expect(applied[3] == results(tests(carried: []))[3])
  }

  /// A chain that ends as its steps do has points, and still ended.
  @Test func aCarriedTrapIsTold() {
    var tests = tests(carried: ["chain"])
    guard case .judged(var chain) = tests[2] else { return }
    chain.judgement.verdict = .crashed(.signaled(4))
    chain.judgement.findings = []
    chain.judgement.function = "backward"
    chain.judgement.trap = Trap(kind: "Index out of range", file: "F.swift", line: 7)
    tests[2] = .judged(chain)
    let result = results(CarriedErrors.applied(to: tests))[2]
    #expect(result.status == .partial)
    #expect(
      result.message
        == "As your own steps make it: the error is carried over from them, and part of the points "
        + "is kept. Index out of range at F.swift:7 in backward."
    )
  }

  @Test func chainThroughChainCountsWhatThatOneEarned() {
    #expect(scores(tests(carried: ["chain", "longer"])) == [200, 0, 400, 200])
  }

  @Test func nothingEarnedStaysFailed() {
    let untouched = tests(0, carried: ["chain"])
    #expect(results(CarriedErrors.applied(to: untouched)) == results(untouched))
  }

  /// A step's earlier result counts like one of now, and is left as it is.
  @Test func standingResultsAreSteps() {
    let one = Grade.TestResult(id: "one", score: 100, of: 200)
    let chain = judged("chain", 0, of: 800, carries: ["one"], isCarried: true)
    let applied = CarriedErrors.applied(to: [.standing(one), chain])
    #expect(results(applied).map(\.score.hundredths) == [100, 400])
    #expect(results(applied)[0] == one)
  }

  // MARK: Tests that build on others' functions

  /// A wrong test, with the outcome where the solution stands in for what it builds on.
  private func dependent(
    _ excuse: Judgement.StandIn?,
    verdict: Verdict = .failed,
    carries: [String]? = nil
  ) -> ScoredTest {
    var judgement = Judgement(verdict: verdict, findings: [.remark("y is wrong.")])
    judgement.excuse = excuse
    if carries != nil { judgement.chains = [answers([1])] }
    let test = Assignment.Test(id: "built", points: 600, carries: carries)
    return .judged(JudgedTest(test, judgement))
  }

  @Test(arguments: [
    (Judgement.StandIn.right, 600), (.partly(Points(hundredths: 250)), 250), (.wrong, 0),
    (.untried(because: "it does not compile"), 0), (nil, 0),
  ])
  func wrongOnlyByWhatItBuildsOn(excuse: Judgement.StandIn?, points: Int) {
    let one = judged("one", 0, of: 200)
    #expect(scores([one, dependent(excuse)]) == [0, points])
    #expect(scores([one, dependent(excuse, verdict: .crashed(.signaled(4)))]) == [0, points])
  }

  /// What a test awards by itself is not taken away.
  @Test func thePartThatItHasStays() {
    let partial = Verdict.partial(Points(hundredths: 400))
    let less = dependent(.partly(Points(hundredths: 250)), verdict: partial)
    #expect(scores([judged("one", 0, of: 200), less]) == [0, 400])
    let more = dependent(.right, verdict: partial)
    #expect(scores([judged("one", 0, of: 200), more]) == [0, 600])
  }

  /// A chain that is put together in a way that nobody knows keeps the share of its steps as well.
  @Test func aChainOfAnotherKind() {
    let steps = [
      judged("one", 200, of: 200), judged("two", 0, of: 400), judged("else", 0, of: 100),
    ]
    #expect(
      scores(steps + [dependent(.right, carries: ["one", "two"])]) == [200, 0, 0, 200]
    )
    #expect(scores(steps + [dependent(.right, carries: ["one"])]) == [200, 0, 0, 600])
    #expect(scores(steps + [dependent(.wrong, carries: ["one"])]) == [200, 0, 0, 0])
  }

  @Test func theWordsOnIt() {
    let applied = CarriedErrors.applied(to: [judged("one", 0, of: 200), dependent(.right)])
    let result = results(applied)[1]
    #expect(result.status == .partial)
    #expect(
      result.message
        == "As your own steps make it: the error is carried over from them, and all points are "
        + "kept. y is wrong."
    )
  }

  @Test func whatMayDepend() {
    let passed = judged("one", 200, of: 200)
    let failed = judged("two", 0, of: 200)
    let stopped = dependent(nil, verdict: .timedOut(.cpu(seconds: 5)))
    func places(_ tests: [ScoredTest]) -> [Int] { CarriedErrors.dependents(in: tests).map(\.place) }
    #expect(places([passed, failed, dependent(nil)]) == [1, 2])
    #expect(places([passed, dependent(nil, verdict: .badReply(reason: ""))]).isEmpty)
    // A limit stopped it, and nothing else.
    #expect(places([passed, stopped]).isEmpty)
    #expect(places([failed, stopped]) == [0])
  }
}

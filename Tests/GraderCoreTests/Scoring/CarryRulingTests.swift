import GraderCore
import JudgeEvents
import TestSupport
import Testing

/// The grader's decision on a wrong chain: no answer that a student can give on purpose earns what
/// its steps did not.
@Suite struct CarryRulingTests {
  /// A chain worth 800 over the steps `one` and `two`, of 200 and 400.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var one = 200
    var two = 0
    var verdict = Verdict.failed
    /// The chain's answers on two draws.
    var chain: [[Double]] = [[1, 2], [3, 4]]
    var chainEnd: String?
    /// What the steps give.
    var composed: [[Double]] = [[1, 2], [3, 4]]
    var composedEnd: String?
    var steps = [
      Composition.Step(test: "one"), Composition.Step(test: "two", isRight: false),
    ]
    /// The points that the chain gets, and the start of what staff is told.
    var points: Int
    var flag: String?
  }

  private static let blind = [
    Composition.Step(test: "one"), Composition.Step(test: "two", isRight: false, isBlind: true),
  ]

  private static let blindFull = [
    Composition.Step(test: "one", isRight: true, isBlind: true), Composition.Step(test: "two"),
  ]

  private static let crash = Verdict.crashed(.signaled(4))

  static let cases = [
    Case(testDescription: "a charged step's error", points: 266),
    Case(testDescription: "to rounding", chain: [[1, 2 + 1e-12], [3, 4]], points: 266),
    Case(testDescription: "not to more", chain: [[1, 2.001], [3, 4]], points: 0),
    Case(
      testDescription: "infinity agrees with no number",
      chain: [[.infinity, 2], [3, 4]],
      points: 0
    ),
    Case(
      testDescription: "infinity does not agree with itself",
      chain: [[.infinity, 2], [3, 4]],
      composed: [[.infinity, 2], [3, 4]],
      steps: blind,
      points: 0
    ),
    Case(testDescription: "NaN agrees with no number", chain: [[.nan, .nan], [3, 4]], points: 0),
    Case(
      testDescription: "NaN at the place of a charged step's",
      chain: [[.nan, 2], [3, 4]],
      composed: [[.nan, 2], [3, 4]],
      steps: blind,
      points: 266
    ),
    Case(
      testDescription: "NaN at another place",
      chain: [[1, .nan], [3, 4]],
      composed: [[.nan, 2], [3, 4]],
      steps: blind,
      points: 0
    ),
    Case(
      testDescription: "NaN of a step with full points",
      chain: [[.nan, 2], [3, 4]],
      composed: [[.nan, 2], [3, 4]],
      steps: blindFull,
      points: 0,
      flag: "flag: the step one has full points"
    ),
    Case(
      testDescription: "NaN of nobody",
      chain: [[.nan, 2], [3, 4]],
      composed: [[.nan, 2], [3, 4]],
      points: 0
    ),
    Case(
      testDescription: "a step with full points answers wrongly here",
      steps: [.init(test: "one", isRight: false), .init(test: "two", isRight: false)],
      points: 0,
      flag: "flag: the step one has full points"
    ),
    Case(
      testDescription: "all steps have full points",
      two: 400,
      steps: [.init(test: "one"), .init(test: "two")],
      points: 0,
      flag: "flag: all steps have full points"
    ),
    Case(
      testDescription: "an error thrown by a charged step",
      chain: [[1, 2]],
      chainEnd: "Odd",
      composed: [[1, 2]],
      composedEnd: "Odd",
      steps: blind,
      points: 266
    ),
    Case(
      testDescription: "another error",
      chain: [[1, 2]],
      chainEnd: "Odd",
      composed: [[1, 2]],
      composedEnd: "Even",
      steps: blind,
      points: 0
    ),
    Case(
      testDescription: "a trap in a charged step",
      verdict: crash,
      chain: [],
      chainEnd: "the worker ended",
      composed: [],
      composedEnd: "the worker ended",
      steps: blind,
      points: 266
    ),
    Case(
      testDescription: "a trap of the chain's own",
      verdict: crash,
      chain: [],
      chainEnd: "the worker ended",
      points: 0
    ),
    Case(
      testDescription: "a trap in a step with full points",
      verdict: crash,
      chain: [],
      chainEnd: "the worker ended",
      composed: [],
      composedEnd: "the worker ended",
      steps: blindFull,
      points: 0,
      flag: "flag: the step one has full points"
    ),
    Case(
      testDescription: "no answer within its time",
      verdict: .timedOut(.cpu(seconds: 10)),
      chain: [],
      chainEnd: "the worker ended",
      composed: [],
      composedEnd: "the worker ended",
      steps: blind,
      points: 0
    ),
    Case(
      testDescription: "no more behind a blind step than it lost",
      one: 200,
      two: 399,
      chain: [[.nan, 2], [3, 4]],
      composed: [[.nan, 2], [3, 4]],
      steps: blind,
      points: 1
    ),
  ]

  @Test(arguments: cases)
  func ruling(of example: Case) {
    let applied = CarriedErrors.applied(
      to: steps(of: example) + [.judged(chain(of: example, id: "chain"))]
    )
    #expect(applied[2].score == Points(hundredths: example.points))
    guard case .judged(let chain) = applied[2] else { return }
    #expect(chain.judgement.issues.count == (example.flag == nil ? 0 : 1))
    #expect(chain.judgement.issues.allSatisfy { $0.hasPrefix(example.flag ?? "") })
  }

  /// Who breaks a step on purpose gets no more for all chains behind it than the step lost.
  @Test func chainsBehindABlindStepShareWhatItLost() throws {
    let trap = try #require(Self.cases.first { $0.testDescription == "a trap in a charged step" })
    let chains = (1...3).map { ScoredTest.judged(chain(of: trap, id: "chain\($0)")) }
    let applied = CarriedErrors.applied(to: steps(of: trap) + chains)
    #expect(applied.dropFirst(2).map(\.score.hundredths) == [266, 134, 0])
  }

  private func steps(of example: Case) -> [ScoredTest] {
    [("one", example.one, 200), ("two", example.two, 400)].map { id, score, best in
      let verdict: Verdict = score == best ? .passed : .partial(Points(hundredths: score))
      let test = Assignment.Test(id: id, points: best)
      return .judged(JudgedTest(test, Judgement(verdict: verdict)))
    }
  }

  private func chain(of example: Case, id: String) -> JudgedTest {
    var judgement = Judgement(verdict: example.verdict)
    judgement.chains = [answers(example.chain, end: example.chainEnd)]
    judgement.compositions = [
      Composition(
        route: 0,
        answers: answers(example.composed, end: example.composedEnd),
        steps: example.steps
      )
    ]
    let test = Assignment.Test(id: id, points: 800, carries: ["one", "two"])
    return JudgedTest(test, judgement)
  }

  private func answers(_ draws: [[Double]], end: String?) -> ChainAnswers {
    ChainAnswers(
      question: 0,
      draws: draws.map { [.init(shape: [$0.count], values: $0)] },
      end: end
    )
  }
}

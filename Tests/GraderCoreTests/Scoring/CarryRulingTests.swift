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
    /// The chain where the solution stands in for the steps that lost points.
    var standIn = Judgement.StandIn.right
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
    Case(
      testDescription: "a chain that right steps make half right",
      standIn: .partly(Points(hundredths: 400)),
      points: 133
    ),
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
      flag: "flag: all steps whose errors it could carry have full points"
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
      testDescription: "as much behind a blind step as behind any other",
      one: 200,
      two: 399,
      chain: [[.nan, 2], [3, 4]],
      composed: [[.nan, 2], [3, 4]],
      steps: blind,
      points: 798
    ),
    Case(
      testDescription: "the step hides that the chain is wrong",
      chain: [[0, 0], [0, 0]],
      composed: [[0, 0], [0, 0]],
      standIn: .wrong,
      points: 0,
      flag: "flag: the chain is wrong too where the solution stands in"
    ),
    Case(
      testDescription: "a blind step hides that the chain is wrong",
      verdict: crash,
      chain: [],
      chainEnd: "the worker ended",
      composed: [],
      composedEnd: "the worker ended",
      steps: blind,
      standIn: .wrong,
      points: 0,
      flag: "flag: the chain is wrong too where the solution stands in"
    ),
    Case(
      testDescription: "nobody can tell",
      standIn: .untried(because: "it does not compile"),
      points: 0,
      flag: "flag: the solution cannot stand in for the steps that lost points: it does not compile"
    ),
    Case(
      testDescription: "right with right steps, and not what its own make of it",
      chain: [[0, 0], [0, 0]],
      points: 0
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

  /// Only these are asked again where the solution stands in for steps.
  @Test func chainsThatMayCarry() {
    for example in Self.cases {
      let tests = steps(of: example) + [.judged(chain(of: example, id: "chain"))]
      let chains = CarriedErrors.chains(in: tests)
      let isCarried = example.points > 0 || example.standIn != .right
      #expect(chains.map(\.place) == (isCarried ? [2] : []), "\(example)")
      #expect(chains.first?.charged.map(\.id) ?? ["two"] == ["two"], "\(example)")
    }
  }

  /// A function ends although its result does not depend on the step: that costs it nothing, as a
  /// wrong answer of that step would not.
  @Test func aChainThatEndsInAStepOfOthers() throws {
    let trap = try #require(Self.cases.first { $0.testDescription == "a trap in a charged step" })
    var chain = chain(of: trap, id: "chain")
    chain.test.carries = ["one"]
    #expect(
      CarriedErrors.applied(to: steps(of: trap) + [.judged(chain)])[2].score.hundredths == 800
    )
    chain.judgement.chains[0].end = nil
    chain.judgement.compositions[0].answers.end = nil
    #expect(CarriedErrors.applied(to: steps(of: trap) + [.judged(chain)])[2].score == .zero)
  }

  /// Where the chain is right, or is not asked, its steps need not be.
  @Test func aStepThatIsWrongWhereTheChainIsNot() throws {
    let slip = try #require(Self.cases.first)
    var chain = chain(of: slip, id: "chain")
    var other = chain.judgement.compositions[0]
    other.answers.question = 1
    other.steps[0].isRight = false
    chain.judgement.compositions.append(other)
    let tests = steps(of: slip) + [.judged(chain)]
    #expect(CarriedErrors.applied(to: tests)[2].score.hundredths == 266)
  }

  // MARK: Several ends

  /// The chain meets one of several charged steps first, and what is put together another.
  @Test(
    arguments: [
      (Verdict.crashed(.signaled(4)), nil, 266),
      (.failed, Finding.threw(function: "two", error: "Odd"), 266),
      (.failed, .threw(function: "two", error: "Even"), 0),
      (.failed, .notImplemented(function: "two", stub: "two()"), 0),
    ] as [(Verdict, Finding?, Int)]
  )
  func whicheverComesFirst(verdict: Verdict, finding: Finding?, points: Int) throws {
    let trap = try #require(Self.cases.first { $0.testDescription == "a trap in a charged step" })
    var chain = chain(of: trap, id: "chain")
    if finding != nil {
      chain.judgement.verdict = .failed
      chain.judgement.findings = [.threw(function: "chain", error: "Odd")]
    }
    chain.judgement.chains[0].end = "the chain's"
    chain.judgement.compositions[0].answers.end = "another"
    let two = Judgement(verdict: verdict, findings: finding.map { [$0] } ?? [])
    let tests = [
      steps(of: trap)[0], .judged(JudgedTest(Assignment.Test(id: "two", points: 400), two)),
      .judged(chain),
    ]
    #expect(CarriedErrors.applied(to: tests)[2].score.hundredths == points)
    chain.judgement.standIn = .wrong
    #expect(CarriedErrors.applied(to: tests.dropLast() + [.judged(chain)])[2].score == .zero)
  }

  /// A chain that a limit stopped carries a step that one stopped, and nothing is composed.
  @Test(
    arguments: [
      (.timedOut(.cpu(seconds: 5)), .timedOut(.wall(seconds: 10)), 266),
      (.timedOut(.cpu(seconds: 5)), .outOfMemory(limitMiB: 512), 266),
      (.outOfMemory(limitMiB: 512), .outOfMemory(limitMiB: 512), 266),
      (.timedOut(.cpu(seconds: 5)), .failed, 0),
      (.outOfMemory(limitMiB: 512), .crashed(.signaled(4)), 0),
    ] as [(Verdict, Verdict, Int)]
  )
  func aChainThatIsStopped(chains: Verdict, steps: Verdict, points: Int) throws {
    let slip = try #require(Self.cases.first)
    var chain = chain(of: slip, id: "chain")
    chain.judgement.verdict = chains
    chain.judgement.chains[0].end = "the worker's"
    chain.judgement.compositions = []
    let two = JudgedTest(Assignment.Test(id: "two", points: 400), Judgement(verdict: steps))
    let one = JudgedTest(Assignment.Test(id: "one", points: 200), Judgement(verdict: .passed))
    func carried() -> ScoredTest {
      CarriedErrors.applied(to: [.judged(one), .judged(two), .judged(chain)])[2]
    }
    #expect(carried().score.hundredths == points)
    let words = Grade.TestResult(
      carried(),
      build: Grade.BuildRecord(status: .built, parts: [], diagnostics: "")
    ).message
    #expect(words.contains(chains == .outOfMemory(limitMiB: 512) ? "512 MiB" : "5 s"), "\(words)")
    chain.judgement.standIn = .wrong
    #expect(carried().score == .zero)
  }

  /// A chain that does without a step goes on where nothing can be put together with it.
  @Test(arguments: ["Odd", ChainAnswers.misfit])
  func aChainGoesOnWithoutItsStep(end: String) throws {
    let slip = try #require(Self.cases.first)
    var chain = chain(of: slip, id: "chain")
    chain.judgement.compositions[0].answers = answers([[1, 2]], end: end)
    chain.judgement.compositions[0].steps = Self.blind
    func score() -> Int {
      CarriedErrors.applied(to: steps(of: slip) + [.judged(chain)])[2].score.hundredths
    }
    #expect(score() == 266)
    chain.judgement.chains[0].draws[0][0].values[0] = 7
    #expect(score() == 0)
  }

  /// A step that has its points by what it carries is no step that answers rightly.
  @Test func aStepWithAllPointsThatAreCarried() throws {
    let trap = try #require(Self.cases.first { $0.testDescription == "a trap in a charged step" })
    let full = JudgedTest(
      Assignment.Test(id: "two", points: 400),
      Judgement(verdict: .partial(Points(hundredths: 400)))
    )
    let tests = [
      steps(of: trap)[0], .judged(full), .judged(chain(of: trap, id: "chain")),
    ]
    #expect(CarriedErrors.applied(to: tests)[2].score.hundredths == 800)
  }

  /// A file that does not compile is a step that does not answer.
  @Test func aFileThatDoesNotCompile() throws {
    let trap = try #require(Self.cases.first { $0.testDescription == "a trap in a charged step" })
    var chain = chain(of: trap, id: "chain")
    chain.judgement.verdict = .notRun(.file("F.swift"))
    chain.judgement.findings = [.notImplemented(function: "chain", stub: "two()")]
    let two = JudgedTest(
      Assignment.Test(id: "two", points: 400),
      Judgement(verdict: .notRun(.file("F.swift")))
    )
    let applied = CarriedErrors.applied(
      to: [steps(of: trap)[0], .judged(two), .judged(chain)]
    )
    #expect(applied[2].score.hundredths == 266)
    let build = Grade.BuildRecord(status: .partial, parts: [], diagnostics: "")
    #expect(
      Grade.TestResult(applied[2], build: build).message
        == "As your own steps make it: the error is carried over from them, and part of the points "
        + "is kept. It calls functions of F.swift, which does not compile."
    )
  }

  /// A chain that names no steps loses nothing by any that ends it, if it is right without them.
  @Test(
    arguments: [
      (.right, 800), (.wrong, 0), (.alone, 0), (.partly(Points(hundredths: 500)), 500),
    ] as [(Judgement.StandIn, Int)]
  )
  func aChainThatNamesNoSteps(standIn: Judgement.StandIn, points: Int) throws {
    let trap = try #require(Self.cases.first { $0.testDescription == "a trap in a charged step" })
    var chain = chain(of: trap, id: "chain")
    chain.test.carries = []
    chain.judgement.compositions = []
    chain.judgement.standIn = standIn
    let tests = steps(of: trap) + [.judged(chain)]
    let applied = CarriedErrors.applied(to: tests)
    #expect(applied[2].score.hundredths == points)
    if case .judged(let chain) = applied[2] {
      #expect(chain.judgement.issues.count == (standIn == .wrong ? 1 : 0))
    }
    #expect(CarriedErrors.chains(in: tests).map { $0.charged.map(\.id) } == [["two"]])
    let full = steps(of: try #require(Self.cases.first { $0.two == 400 }))
    #expect(CarriedErrors.applied(to: full + [.judged(chain)])[2].score == .zero)
  }

  /// The solution stands in for the steps of steps too: a step may have lost its points by theirs.
  @Test func stepsOfSteps() throws {
    let slip = try #require(Self.cases.first)
    var chain = chain(of: slip, id: "chain")
    chain.test.carries = ["two"]
    let inner = JudgedTest(
      Assignment.Test(id: "two", points: 400, carries: ["inner", "right"]),
      Judgement(verdict: .failed)
    )
    let tests: [ScoredTest] = [
      .judged(JudgedTest(Assignment.Test(id: "inner"), Judgement(verdict: .failed))),
      .judged(JudgedTest(Assignment.Test(id: "right"), Judgement(verdict: .passed))),
      .judged(inner), .judged(chain),
    ]
    #expect(CarriedErrors.chains(in: tests).map { $0.charged.map(\.id) } == [["inner", "two"]])
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
    judgement.standIn = example.standIn
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

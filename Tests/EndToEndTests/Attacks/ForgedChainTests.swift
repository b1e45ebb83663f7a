import GraderCore
import Testing

/// No chain earns what its steps did not, whatever it answers.
@Suite struct ForgedChainTests {
  /// The solution with a slip in step 4, whose error a chain may carry.
  private static func slipped() throws -> Homework {
    try Homework.solution.replacing(
      "return direct + throughVariance + throughMean",
      with: "return direct + throughVariance",
      in: "Steps.swift"
    )
  }

  /// Puts a statement at the start of a function of a file.
  fileprivate static func starting(
    _ function: String,
    in file: String,
    of homework: Homework,
    with code: String
  ) throws -> Homework {
    let attack = Attack(function, code, .failed)
    let slot = Slot(function: function, file: file, tests: [])
    return try homework.attacked(by: attack, in: slot).homework
  }

  private static let forged =
    "let z = Tensor<Double>.zeros(gamma.count); "
    + "if zero() == 0 { return (x * VALUE, z + VALUE, z + VALUE) }"

  private static func answering(_ value: String, _ homework: Homework) throws -> Homework {
    try starting(
      "batchNormBackward",
      in: "Chain.swift",
      of: homework,
      with: forged.replacing("VALUE", with: value)
    ).adding("Zero.swift", "func zero() -> Int { 0 }\n")
  }

  private static func points(_ hundredths: Int) -> Points { Points(hundredths: hundredths) }

  @Test(arguments: [".infinity", "-.infinity", ".nan", "0"].sample(0, 2))
  func aChainThatAnswersNoNumberIsNotCarried(value: String) throws {
    let grade = try Self.answering(value, Self.slipped()).graded()
    #expect(try grade.test("grad-input").score == .zero)
    #expect(try grade.test("backward").score == .zero)
  }

  /// Steps that answer zeros once the chain was asked are asked where it never was.
  @Test func aChainCannotTellItsStepsToLie() throws {
    var homework = try Self.answering("0", Self.slipped())
    homework = try homework.replacing(
      "if zero() == 0 {",
      with: "told = true; if zero() == 0 {",
      in: "Chain.swift"
    ).adding("Told.swift", "nonisolated(unsafe) var told = false\n")
    for (function, file, answer) in [
      ("gradInput", "Steps.swift", "x * 0"),
      ("gradGamma", "ParameterGradients.swift", "dU.sum(axis: 0) * 0"),
      ("gradBeta", "ParameterGradients.swift", "dU.sum(axis: 0) * 0"),
    ] {
      homework = try Self.starting(
        function,
        in: file,
        of: homework,
        with: "if told { return \(answer) }"
      )
    }
    let grade = try homework.graded()
    // Asked once more after others, they are found out, and the chain gets nothing of theirs.
    #expect(try grade.test("grad-gamma").score == .zero)
    #expect(try grade.test("backward").score == .zero)
    // The network is right where the solution stands in for all these, and earns what they did.
    #expect(try grade.test("network-d-w1").score < Self.points(2_00))
  }

  @Test func aWrongChainOverRightStepsIsWrong() throws {
    let grade = try Self.answering("2", .solution).graded()
    let chain = try grade.test("backward")
    #expect(chain.status == .failed)
    #expect(chain.score == .zero)
    #expect(chain.staffMessage?.contains("have full points: nothing is carried") == true)
  }

  /// A chain that ends in a step that lost its points has lost no more than by its wrong answer.
  @Test func aTrapInAChargedStepIsCarried() throws {
    let homework = try Self.starting(
      "gradInput",
      in: "Steps.swift",
      of: .solution,
      with: "if zero() == 0 { fatalError() }"
    ).adding("Zero.swift", "func zero() -> Int { 0 }\n")
    let grade = try homework.graded()
    #expect(try grade.test("grad-input").status == .crashed)
    #expect(try grade.test("backward").score == Self.points(6_47))
    #expect(try grade.test("network-d-w1").score == Self.points(2_45))
  }

  /// The chain never comes to the step that is charged.
  @Test func aTrapOfTheChainsOwnIsNotCarried() throws {
    let homework = try Self.starting(
      "batchNormBackward",
      in: "Chain.swift",
      of: Self.slipped(),
      with: "if zero() == 0 { fatalError() }"
    ).adding("Zero.swift", "func zero() -> Int { 0 }\n")
    let grade = try homework.graded()
    #expect(try grade.test("backward").status == .crashed)
    #expect(try grade.test("backward").score == .zero)
  }

  // MARK: Steps that hide a chain

  /// Step 1, worth 4 points, answers badly on all that it gets; its own points it loses anyway.
  struct HidingStep: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var function = "gradXHat"
    var file = "Steps.swift"
    /// What it answers.
    var answer: String
    /// What the chain answers that knows nothing but that.
    var chain: String

    /// Of a chain, what is no art: the gradients of gamma and beta, behind `dX`.
    static func chain(_ dX: String) -> String {
      """
      let m = try batchMean(x); let v = try batchVariance(x, mean: m); \
      let h = try normalize(x, mean: m, variance: v, epsilon: epsilon); var dX = \(dX); \
      dX[0, 0] += 0; return (dX, try gradGamma(dU: dU, xHat: h), try gradBeta(dU: dU))
      """
    }

    static let all = [
      HidingStep(testDescription: "zeros", answer: "return dU * 0", chain: chain("x * 0")),
      HidingStep(testDescription: "NaN", answer: "return dU * .nan", chain: chain("x * .nan")),
      HidingStep(
        testDescription: "a trap",
        answer: "fatalError()",
        chain: "_ = try gradXHat(dU: dU, gamma: gamma); " + chain("x * 0")
      ),
      HidingStep(
        testDescription: "an error",
        answer: "throw BatchTooSmall(count: 7)",
        chain: "throw BatchTooSmall(count: 7)"
      ),
      HidingStep(testDescription: "an exit", answer: "exit(3)", chain: "exit(3)"),
      HidingStep(
        testDescription: "an entry beside which all others are rounding",
        function: "gradInput",
        answer: "var z = x * 0; z[0, 0] = 1e30; return z",
        chain: chain("x * 0; dX[0, 0] = 1e30")
      ),
      HidingStep(
        testDescription: "zeros for a chain's data alone",
        function: "gradInput",
        answer: "let d = x.mean(axis: 0) - mean; "
          + "return d.squared().sum() < 1e-9 * x.squared().sum() ? x * 0 : x",
        chain: chain("x * 0")
      ),
      HidingStep(
        testDescription: "a variance beside which the deviations vanish",
        function: "batchVariance",
        file: "Forward.swift",
        answer: "return mean * 0 + 1e300",
        chain: chain(
          "try gradXHat(dU: dU, gamma: gamma); dX = (dX - dX.mean(axis: 0)) / 1e150"
        )
      ),
    ]

    /// The solution with this step, and perhaps with the chain that knows it.
    fileprivate func homework(withChain isForged: Bool) throws -> Homework {
      var homework = try ForgedChainTests.starting(
        function,
        in: file,
        of: Homework.solution.adding("Zero.swift", "func zero() -> Int { 0 }\n"),
        with: "if zero() == 0 { \(answer) }"
      )
      guard isForged else { return homework }
      homework = try ForgedChainTests.starting(
        "batchNormBackward",
        in: "Chain.swift",
        of: homework,
        with: "if zero() == 0 { \(chain) }"
      )
      return homework
    }
  }

  @Test(arguments: HidingStep.all.sample(0, 2))
  func aChainThatAStepHidesIsAskedWithARightStep(step: HidingStep) throws {
    let grade = try step.homework(withChain: true).graded("--naming-seconds", "0")
    let chain = try grade.test("backward")
    #expect(chain.score == .zero)
    #expect(chain.staffMessage?.contains("wrong too where the solution stands in") == true)
    #expect(try grade.test("network-d-w1").score <= Self.points(2_45))
  }

  /// Who puts a bad step into a right chain loses the step, and its share of the chain.
  @Test(arguments: HidingStep.all.sample(1))
  func aRightChainCarriesAnyStep(step: HidingStep) throws {
    let grade = try step.homework(withChain: false).graded("--naming-seconds", "0")
    #expect(try grade.test("backward").status == .partial)
    #expect(try grade.test("backward").score > Self.points(6_00))
  }

  /// The chain works rightly only where step 1 does: that is a chain like others.
  @Test(.beyondTheSample()) func aChainThatLooksForTheSolutionHasToBeRight() throws {
    let zeros = HidingStep.all[0]
    var homework = try zeros.homework(withChain: false)
    homework = try Self.starting(
      "batchNormBackward",
      in: "Chain.swift",
      of: homework,
      with: "if try gradXHat(dU: dU, gamma: gamma).squared().sum() == 0 { \(zeros.chain) }; "
        + "if zero() == 0 { return (dU, dU.sum(axis: 0), dU.sum(axis: 0)) }"
    )
    #expect(try homework.graded("--naming-seconds", "0").test("backward").score == .zero)
  }

  /// A step that is declared so that the solution cannot stand in for it proves nothing.
  @Test(.beyondTheSample()) func aStepThatCannotBeReplacedIsNotCarried() throws {
    let homework = try HidingStep.all[0].homework(withChain: true).replacing(
      "public func gradXHat(",
      with: "public func `gradXHat`(",
      in: "Steps.swift"
    )
    let chain = try homework.graded("--naming-seconds", "0").test("backward")
    #expect(chain.score == .zero)
    #expect(chain.staffMessage?.contains("the solution cannot stand in") == true)
  }

  /// Steps that know that they are composed, and have all their points: staff reads which.
  @Test(
    arguments: [
      (
        "normalize", "Forward.swift", "isChain = true",
        "if isChain { return dU.sum(axis: 0) * 0 }"
      ),
      (
        "gradGamma", "ParameterGradients.swift", "calls += 1",
        "calls += 1; if calls > 30 { return dU.sum(axis: 0) * 0 }"
      ),
    ].sample(0)
  )
  func stepsWithAllPointsCannotLie(step: (String, String, String, String)) throws {
    let (before, file, mark, lie) = step
    var homework = try Self.answering("0", Self.slipped()).adding(
      "Told.swift",
      "nonisolated(unsafe) var (isChain, calls) = (false, 0)\n"
    )
    homework = try Self.starting(before, in: file, of: homework, with: mark)
    homework = try Self.starting(
      "gradBeta",
      in: "ParameterGradients.swift",
      of: homework,
      with: lie
    )
    let grade = try homework.graded("--naming-seconds", "0")
    #expect(try grade.test("backward").score == .zero)
  }

  /// A chain that prints what a judge would write, or that ends its worker, is a wrong chain.
  @Test(
    .beyondTheSample(),
    arguments: [
      "print(#\"{\"finished\":{\"test\":\"ChainTests.testBackward\",\"succeeded\":true}}\"#)",
      "if zero() == 0 { exit(0) }",
    ]
  )
  func wordsAndExitsOfAChainAreNoAnswers(code: String) throws {
    let homework = try Self.starting(
      "batchNormBackward",
      in: "Chain.swift",
      of: Self.answering("0", Self.slipped()),
      with: code
    )
    #expect(try homework.graded("--naming-seconds", "0").test("backward").score == .zero)
  }
}

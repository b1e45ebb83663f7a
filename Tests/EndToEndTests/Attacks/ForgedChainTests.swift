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
  private static func starting(
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
    #expect(try grade.test("grad-gamma").status == .passed)
    #expect(try grade.test("backward").score == .zero)
    #expect(try grade.test("network-d-w1").score == .zero)
  }

  @Test func aWrongChainOverRightStepsIsWrong() throws {
    let grade = try Self.answering("2", .solution).graded()
    let chain = try grade.test("backward")
    #expect(chain.status == .failed)
    #expect(chain.score == .zero)
    #expect(chain.staffMessage?.contains("all steps have full points") == true)
  }

  /// Step 4 costs its 8 points, and the chains through it no more than these together.
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
    #expect(try grade.test("network-d-w1").score == Self.points(1_53))
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
}

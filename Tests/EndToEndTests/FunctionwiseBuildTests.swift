import GraderCore
import Testing

/// A function that cannot be used costs itself and its share of the chains through it.
@Suite struct FunctionwiseBuildTests {
  /// A way to lose `batchMean`, and the words on it.
  struct Slip: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let old: String
    let new: String
    let words: String
    var isUnfit = false
  }

  private static let declaration =
    "public func batchMean(_ x: Tensor<Double>) throws -> Tensor<Double> {"
  private static let body = "  return x.mean(axis: 0)"
  private static let path = "Sources/BatchNorm/Forward.swift"

  private static let slips = [
    Slip(
      testDescription: "a wrong type",
      old: body,
      new: "  let y: Int = \"no\"\n" + body,
      words: "\(path):13:16: error: cannot convert value of type 'String'"
    ),
    Slip(
      testDescription: "a syntax error",
      old: body,
      new: "  return x.mean(axis: 0, )) +",
      words: "\(path):13:"
    ),
    Slip(
      testDescription: "nothing is returned",
      old: body,
      new: "  _ = x.mean(axis: 0)",
      words: "error: missing return in global function"
    ),
    Slip(
      testDescription: "not public",
      old: declaration,
      new: declaration.replacing("public ", with: ""),
      words: "\(path): error: expected `public func batchMean(_ x: Tensor<Double>) throws -> "
        + "Tensor<Double>`: it is not public",
      isUnfit: true
    ),
    Slip(
      testDescription: "not there",
      old: declaration,
      new: "func another(_ x: Tensor<Double>) throws -> Tensor<Double> {",
      words: "`: it is not there",
      isUnfit: true
    ),
    Slip(
      testDescription: "of another type",
      old: declaration,
      new: "public func batchMean(_ x: Tensor<Double>) -> Double? {\n  nil\n}\n"
        + "func another(_ x: Tensor<Double>) throws -> Tensor<Double> {",
      words: "`: it has other labels or types",
      isUnfit: true
    ),
  ]

  @Test(arguments: slips.sample(0, 3))
  func costsItselfAlone(slip: Slip) throws {
    let grade = try Homework.solution.replacing(slip.old, with: slip.new, in: "Forward.swift")
      .graded("--naming-seconds", "0")
    #expect(grade.score == Points(hundredths: 76_57))
    #expect(grade.status == .incomplete)
    let part = try #require(grade.build.parts.first { $0.name == "Forward" })
    #expect(part.status == .partial)
    #expect(part.functions?.map(\.name) == ["batchMean"])
    #expect(part.functions?.first?.isUnfit == (slip.isUnfit ? true : nil))
    #expect(part.functions?.first?.message.contains(slip.words) == true)
    let test = try grade.test("batch-mean")
    #expect(test.status == .notRun)
    let fault = slip.isUnfit ? "cannot be used as it is" : "does not compile"
    #expect(test.message.hasPrefix("Not run: `batchMean` in \(Self.path) \(fault).\n"))
    #expect(test.message.contains(slip.words))
    #expect(
      try grade.test("backward").message
        == "As your own steps make it: the error is carried over from them, and part of the points "
        + "is kept. It needs `batchMean` in \(Self.path), which \(fault)."
    )
    #expect(grade.build.parts.filter { $0.status != .built }.count == 1)
  }

  /// One that others call by its own labels goes on working for them.
  @Test func anotherLabelCostsItself() throws {
    let declaration = "func gradBeta(dU: Tensor<Double>) throws -> Tensor<Double> {"
    let grade = try Homework.solution
      .replacing(
        declaration,
        with: declaration.replacing("dU:", with: "_ dU:"),
        in: "ParameterGradients.swift"
      )
      .replacing("try gradBeta(dU: dU)", with: "try gradBeta(dU)", in: "Chain.swift")
      .graded("--naming-seconds", "0")
    #expect(grade.lost == ["grad-beta"])
    #expect(
      try grade.test("grad-beta").message.hasSuffix(
        "expected `public func gradBeta(dU: Tensor<Double>) throws -> Tensor<Double>`: "
          + "it has other labels or types"
      )
    )
  }

  @Test(.beyondTheSample()) func functionsOfSeveralFiles() throws {
    let grade = try Homework.solution
      .replacing(Self.body, with: "  return nothing", in: "Forward.swift")
      .replacing("  return gamma * xHat + beta", with: "  return 1 +", in: "Forward.swift")
      .replacing("(1 - momentum) * r.mean", with: "(1 - nothing) * r.mean", in: "Inference.swift")
      .graded("--naming-seconds", "0")
    let notRun = grade.judged.filter { $0.status == .notRun }.map(\.id)
    #expect(notRun == ["batch-mean", "scale-and-shift", "update-running"])
    let left = grade.build.parts.flatMap { $0.functions ?? [] }.map(\.name)
    #expect(left == ["batchMean", "scaleAndShift", "updateRunning"])
  }

  @Test func slipsOfSeveralKinds() throws {
    let grade = try Homework.solution
      .replacing(Self.body, with: "  return nothing", in: "Forward.swift")
      .replacing("public func gradBeta(", with: "func gradBeta(", in: "ParameterGradients.swift")
      .graded("--naming-seconds", "0")
    let left = grade.build.parts.flatMap { $0.functions ?? [] }
    #expect(left.map(\.name) == ["batchMean", "gradBeta"])
    #expect(left.map(\.isUnfit) == [nil, true])
    #expect(left.last?.message.hasSuffix("`: it is not public") == true)
  }

  @Test func aHelperCostsItsCallers() throws {
    let grade = try Homework.solution
      .adding("Help.swift", "func half() -> Double { nothing }\nfunc whole() -> Double { 1 }\n")
      .replacing(
        "  return gamma * xHat + beta",
        with: "  return gamma * xHat + beta * (2 * half())",
        in: "Forward.swift"
      )
      .replacing(
        "  return x.mean(axis: 0)",
        with: "  return x.mean(axis: 0) * whole()",
        in: "Forward.swift"
      )
      .graded("--naming-seconds", "0")
    let notRun = grade.judged.filter { $0.status == .notRun }.map(\.id)
    #expect(notRun == ["scale-and-shift"])
    #expect(
      grade.message.hasPrefix(
        "`half` in Sources/BatchNorm/Help.swift was left out. Sources/BatchNorm/Help.swift:1:25: "
          + "error: cannot find 'nothing' in scope"
      )
    )
    #expect(
      try grade.test("scale-and-shift").message.contains("error: cannot find 'half' in scope")
    )
  }

  /// Nobody calls it, so it costs nothing; the student is told.
  @Test(
    arguments: ["func more() -> Int { nothing }\n", "func {{{\n", "let a: Int = \"\"\n"].sample(1)
  )
  func aDeclarationThatNobodyNeeds(code: String) throws {
    let grade = try Homework.solution.appending("\n" + code, to: "Steps.swift").graded()
    #expect(grade.score == grade.maxScore)
    #expect(
      grade.message.contains("Sources/BatchNorm/Steps.swift was left out. ")
        || grade.message.contains("Sources/BatchNorm/Steps.swift, line ")
    )
    #expect(grade.message.contains("error: "))
  }

  /// The functions behind it are inside the one whose brace does not close.
  @Test(.beyondTheSample()) func aBraceThatDoesNotClose() throws {
    let grade = try Homework.solution
      .replacing(
        "  return (x - mean) / (variance + epsilon).squareRoot()\n}",
        with: "  return (x - mean) / (variance + epsilon).squareRoot()\n",
        in: "Forward.swift"
      )
      .graded("--naming-seconds", "0")
    #expect(try grade.test("batch-mean").status == .passed)
    #expect(try grade.test("grad-x-hat").status == .passed)
    #expect(try grade.test("normalize").status == .notRun)
    #expect(try grade.test("scale-and-shift").status == .notRun)
    #expect(try grade.test("backward-closed").status == .passed)
  }

  /// The place in a diagnostic can be forged; the choice of what is left out cannot.
  @Test(.beyondTheSample()) func forgedPlaceOfAnError() throws {
    let grade = try Homework.solution
      .replacing(
        Self.body,
        with: "#sourceLocation(file: \"Sources/BatchNorm/Steps.swift\", line: 20)\n"
          + "  let y: Int = \"no\"\n#sourceLocation()\n" + Self.body,
        in: "Forward.swift"
      )
      .graded("--naming-seconds", "0")
    let left = grade.build.parts.flatMap { $0.functions ?? [] }.map(\.name)
    #expect(left == ["batchMean"])
  }

  /// Which of two is kept does not matter, and one is.
  @Test(.beyondTheSample()) func declarationsThatContradictEachOther() throws {
    let grade = try Homework.solution
      .appending("\nfunc helper() -> Int { 1 }\n", to: "ClosedForm.swift")
      .appending("\nfunc helper() -> Int { 2 }\n", to: "Inference.swift")
      .graded()
    #expect(grade.score == grade.maxScore)
    #expect(grade.message.contains("`helper` in Sources/BatchNorm/"))
  }

  /// What no solution may hold costs the file that holds it.
  @Test(.beyondTheSample()) func aForbiddenDeclarationCostsItsFile() throws {
    let grade = try Homework.solution
      .appending(
        "\n@_cdecl(\"malloc\") public func m(_ n: Int) -> UnsafeMutableRawPointer? { nil }\n",
        to: "ParameterGradients.swift"
      )
      .graded("--naming-seconds", "0")
    #expect(try grade.test("grad-gamma").status == .notRun)
    #expect(try grade.test("grad-beta").status == .notRun)
    #expect(try grade.test("batch-mean").status == .passed)
  }

  /// A function is graded in whichever of his files the student has it.
  @Test(.beyondTheSample()) func aFunctionInAnotherFile() throws {
    let text = try Homework.solution.text(of: "ClosedForm.swift")
    let grade = try Homework.solution.adding("Mine.swift", text).removing("ClosedForm.swift")
      .graded()
    #expect(grade.lost == [])
  }

  /// The compiler tells a few of many errors: all the same the functions beside them are graded.
  @Test(.beyondTheSample()) func thousandsOfErrors() throws {
    let wrong = (0..<2_000).map { "let wrong\($0): Int = \"\($0)\"" }.joined(separator: "\n")
    let grade = try Homework.solution.appending("\n\(wrong)\n", to: "Forward.swift")
      .graded("--naming-seconds", "0")
    #expect(grade.lost.isEmpty)
    #expect(grade.build.parts.first { $0.name == "Forward" }?.status == .built)
  }
}

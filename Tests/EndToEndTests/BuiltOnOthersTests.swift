import Foundation
import GraderCore
import Testing

/// A function that is wrong only because it calls another one keeps its points, however that one
/// was lost.
@Suite struct BuiltOnOthersTests {
  private static let convolution = Homework.solution(of: "a2-conv-bias", module: "ConvBias")

  private static let size = "return (padded - kernel) / stride + 1"

  /// The ways to lose `outputSize`, on which the convolution and the counts are built.
  private static let losses = [
    size.replacing("+ 1", with: "+ 2"), "fatalError()", "throw NotImplemented()",
    "throw ShapeMismatch(\"no\", [1], [2])", "while padded >= 0 || padded < 0 {}",
    "let size: Int = \"no\"; return size",
  ]

  private static func lost(_ homework: Homework) throws -> [String: Int] {
    let grade = try homework.graded("--assignment", "a2-conv-bias", "--naming-seconds", "0")
    let lost = grade.judged.filter { $0.score < $0.maxScore }
    #expect(grade.tests.allSatisfy { $0.staffMessage?.contains("flag") != true })
    return Dictionary(
      uniqueKeysWithValues: lost.map { ($0.id, $0.maxScore.hundredths - $0.score.hundredths) }
    )
  }

  @Test(arguments: losses.sample(0, 1))
  func aStepOfTheConvolution(loss: String) throws {
    let homework = try Self.convolution.replacing(Self.size, with: loss, in: "OutputSize.swift")
    #expect(try Self.lost(homework) == ["output-size": 3_00])
  }

  /// Both are wrong for themselves: neither excuses the other.
  @Test(.beyondTheSample()) func aSlipOfItsOwn() throws {
    let homework = try Self.convolution
      .replacing(Self.size, with: "return (padded - kernel) / stride + 2", in: "OutputSize.swift")
      .replacing("(bias?[f] ?? 0)", with: "(bias?[0] ?? 0)", in: "Convolution.swift")
    #expect(try Self.lost(homework) == ["output-size": 3_00, "conv-bias": 4_00])
  }

  /// A function may be built on one that the task asks for later.
  @Test func aLaterFunction() throws {
    let gradient = """
      let ones = Tensor<Double>.ones(dY.shape[0], 1, dY.shape[2], dY.shape[3])
      return try convGradWeight(dY: dY, x: ones, kernel: (1, 1), stride: (1, 1), padding: (0, 0))
        .reshaped(dY.shape[1])
      """
    let homework = try Self.convolution
      .replacing(
        "return dY.sum(axis: 3).sum(axis: 2).sum(axis: 0)",
        with: gradient,
        in: "BiasGradient.swift"
      )
      .replacing("return dWeight", with: "return -dWeight", in: "WeightGradient.swift")
    #expect(
      try Self.lost(homework) == ["grad-weight": 5_00, "grad-weight-stride-padding": 5_00]
    )
  }

  /// Of two functions that are each made of the other, both would be right with the other's right.
  @Test func eachMadeOfTheOther() throws {
    let (best, shifted) = (
      """
      let one = Tensor<Double>.ones(response.shape[1], 1, 1, 1)
      let bias = (target - response).mean(axis: 3).mean(axis: 2).mean(axis: 0)
      if bias.count > 0 {
        return try biasAbsorbingShift(weight: one, bias: bias, shift: Tensor([0.0]))
      }

      """,
      """
      let more = (weight.sum(axis: 3).sum(axis: 2) * shift).sum(axis: 1)
      let target = more.reshaped(1, more.count, 1, 1)
      if more.count > 0 {
        return try bestBias(response: -bias.reshaped(1, bias.count, 1, 1), target: target)
      }

      """
    )
    let (residual, sums) = ("let residual = ", "let filterSums = ")
    let homework = try Self.convolution
      .replacing(residual, with: best + residual, in: "BestBias.swift")
      .replacing(sums, with: shifted + sums, in: "Shift.swift")
    #expect(try Self.lost(homework) == ["best-bias": 4_00])
  }

  /// A chain may be put together in a way that the rubric does not name.
  @Test(.beyondTheSample()) func aChainOfAnotherKind() throws {
    let path = "reference/a1-batch-norm/Variants/closed-chain/\(Homework.sources)/Chain.swift"
    let chain = try String(contentsOfFile: "\(Repository.root)/\(path)", encoding: .utf8)
    let homework = try Homework.solution.adding("Chain.swift", chain).replacing(
      "let meanGradient = dXHat",
      with: "let meanGradient = -dXHat",
      in: "ClosedForm.swift"
    )
    let grade = try homework.graded("--naming-seconds", "0")
    #expect(grade.lost == ["backward-closed"])
  }
}

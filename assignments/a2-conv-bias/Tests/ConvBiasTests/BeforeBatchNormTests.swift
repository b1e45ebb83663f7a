import ConvBias
import CourseKit
import XCTest

/// The filter is the number 1, so batch norm sees the image: 7, 7, 1 have the mean 5 and the
/// variance 8; epsilon is 1, so the root is 3.
final class BeforeBatchNormTests: HomeworkTestCase {
  private let x = image([[7, 7, 1]])
  private let one = image([[1]])
  private let (gamma, beta) = (Tensor<Double>([2]), Tensor<Double>([1]))
  private let dU = image([[5, 2, -1]])

  func testByHand() {
    attempt {
      expect(
        try response(bias: Tensor([0])),
        image([[7, 7, -5]]) / 3,
        "u",
        hint: "Mean and variance over batch and positions; the variance is divided by their number"
      )
    }
  }

  func testBiasIsNotHeard() {
    attempt {
      expect(
        try response(bias: Tensor([7])),
        try response(bias: Tensor([0])),
        "u with the bias 7, beside u with the bias 0"
      )
    }
  }

  func testGradientByHand() {
    attempt {
      expect(
        try gradient(dU),
        Tensor([0]),
        "dBias",
        hint: "The mean moves with the bias, so its path counts too"
      )
    }
  }

  func testGradientAgreesWithDifferences() {
    attempt {
      let report = try checkGradient(
        of: { try response(bias: $0) },
        at: Tensor([0.5]),
        named: "dBias",
        scale: 1,
        claimed: { try gradient($0) }
      )
      expect(report)
    }
  }

  private func response(bias: Tensor<Double>) throws -> Tensor<Double> {
    try convThenBatchNorm(x, weight: one, bias: bias, gamma: gamma, beta: beta, epsilon: 1)
  }

  private func gradient(_ dU: Tensor<Double>) throws -> Tensor<Double> {
    try biasGradientBeforeBatchNorm(
      dU: dU,
      x: x,
      weight: one,
      bias: Tensor([0.5]),
      gamma: gamma,
      epsilon: 1
    )
  }
}

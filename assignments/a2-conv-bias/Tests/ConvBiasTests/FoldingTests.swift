import ConvBias
import ConvBiasTask
import CourseKit
import XCTest

/// Gamma is -6 and the root 3: batch norm multiplies by -2.
final class FoldingTests: HomeworkTestCase {
  private let (gamma, beta) = (Tensor<Double>([-6]), Tensor<Double>([5]))
  private let running = Running(mean: Tensor([1]), variance: Tensor([8]))

  func testByHand() {
    attempt {
      let folded = try fold(bias: Tensor([4]))
      expect(folded.weight, image([[0, -2], [-4, -6]]), "the folded filter")
      expect(folded.bias, Tensor([-1]), "the folded bias", hint: "From 4: -1, times -2, +5")
    }
  }

  /// The layers had no bias between them, the folded one does.
  func testWithoutBias() {
    attempt {
      expect(try fold(bias: nil).bias, Tensor([7]), "the folded bias, from nil")
    }
  }

  func testOneLayerDoesTheWorkOfTwo() {
    attempt {
      let folded = try fold(bias: Tensor([4]))
      let two = -2 * (try conv(Example.filter, Tensor([4])) - 1) + 5
      let one = try conv(folded.weight, folded.bias)
      expect(one, two, "the response of the folded layer")
    }
  }

  private func fold(
    bias: Tensor<Double>?
  ) throws -> (weight: Tensor<Double>, bias: Tensor<Double>) {
    try foldBatchNorm(
      weight: Example.filter,
      bias: bias,
      gamma: gamma,
      beta: beta,
      running: running,
      epsilon: 1
    )
  }

  private func conv(_ weight: Tensor<Double>, _ bias: Tensor<Double>) throws -> Tensor<Double> {
    try conv2d(Example.x, weight: weight, bias: bias, stride: (1, 1), padding: (0, 0))
  }
}

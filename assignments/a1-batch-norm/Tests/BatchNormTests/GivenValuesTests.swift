import BatchNorm
import CourseKit
import XCTest

/// The example's batch with a mean, a variance and gradients that do not belong to it.
final class GivenValuesTests: HomeworkTestCase {
  private let mean = Tensor<Double>([1, 1])
  private let variance = Tensor<Double>([3, 8])
  private let hint = "Use the values that you are given, and compute none of them again"

  func testNormalize() {
    attempt {
      let yours = try normalize(Example.x, mean: mean, variance: variance, epsilon: 1)
      expect(yours, Tensor([[3, -1], [3, 1], [0, 3]]), "xHat", hint: hint)
    }
  }

  func testGradVariance() {
    attempt {
      let yours = try gradVariance(
        dXHat: Example.dXHat,
        x: Example.x,
        mean: mean,
        variance: variance,
        epsilon: 1
      )
      expect(yours, Tensor([-63, -4]) / 12, "dVariance", hint: hint)
    }
  }

  func testGradMean() {
    attempt {
      let yours = try gradMean(
        dXHat: Example.dXHat,
        dVariance: Tensor([1, 2]),
        x: Example.x,
        mean: Example.mean,
        variance: variance,
        epsilon: 1
      )
      expect(yours, Tensor([-18, 4]) / 3, "dMean", hint: hint)
    }
  }

  func testGradInput() {
    attempt {
      let yours = try gradInput(
        dXHat: Example.dXHat,
        dVariance: Tensor([0.25, 0.5]),
        dMean: Tensor([3, -6]),
        x: Example.x,
        mean: mean,
        variance: variance,
        epsilon: 1
      )
      expect(yours, Tensor([[21, -13], [12, -4], [0, 4]]) / 3, "dX", hint: hint)
    }
  }

  /// Another variance only divides by another root.
  func testBackwardClosed() {
    attempt {
      let yours = try batchNormBackwardClosed(
        dU: Example.dU,
        xHat: Example.xHat,
        gamma: Example.gamma,
        variance: variance,
        epsilon: 1
      )
      expect(yours, Example.dX * Tensor([3, 5]) / Tensor([2, 3]), "dX", hint: hint)
    }
  }

  func testGradGamma() {
    attempt {
      let yours = try gradGamma(dU: Example.dU, xHat: Tensor([[1, 2], [3, 4], [5, 6]]))
      expect(yours, Tensor([6, 6]), "dGamma", hint: hint)
    }
  }
}

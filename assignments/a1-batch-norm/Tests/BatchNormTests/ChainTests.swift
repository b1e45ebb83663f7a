import BatchNorm
import CourseKit
import XCTest

final class ChainTests: HomeworkTestCase {
  func testBackward() {
    attempt {
      let yours = try batchNormBackward(
        dU: Example.dU,
        x: Example.x,
        gamma: Example.gamma,
        epsilon: Example.epsilon
      )
      expect(yours.dX, Example.dX, "dX", hint: "If all steps pass: what do you hand to which?")
      expect(yours.dGamma, Example.dGamma, "dGamma", hint: "It is made with xHat")
      expect(yours.dBeta, Example.dBeta, "dBeta")
    }
  }

  /// Other sizes, and x moves everything: mean, variance and xHat.
  func testBackwardAgreesWithDifferences() {
    attempt {
      var generator = Generator(seed: 1)
      let x: Tensor<Double> = 2 + generator.normal(shape: [5, 3])
      let gamma = Tensor<Double>([0.5, -2, 1.5])
      let report = try checkGradient(
        of: { x in
          let mean = try batchMean(x)
          let variance = try batchVariance(x, mean: mean)
          let xHat = try normalize(x, mean: mean, variance: variance, epsilon: 0.1)
          return try scaleAndShift(xHat, gamma: gamma, beta: gamma)
        },
        at: x,
        named: "dX",
        claimed: { try batchNormBackward(dU: $0, x: x, gamma: gamma, epsilon: 0.1).dX }
      )
      expect(report)
    }
  }

  /// With variance 0 only epsilon stands under the root, and the mean takes its part away:
  /// gamma / sqrt(epsilon) (dU - mean of dU).
  func testBackwardConstantColumn() {
    attempt {
      let yours = try batchNormBackward(
        dU: Tensor([[5], [2], [-1]]),
        x: Tensor([[7], [7], [7]]),
        gamma: Tensor([2]),
        epsilon: 0.25
      )
      expect(yours.dX, Tensor([[12], [0], [-12]]), "dX of a constant column")
      expect(yours.dGamma, Tensor([0]), "dGamma of a constant column")
    }
  }

  func testBatchOfOne() {
    attempt {
      let gamma = Example.gamma
      try expectBatchTooSmall("batchNormBackward") {
        _ = try batchNormBackward(
          dU: Tensor([[5, 4]]),
          x: Tensor([[7, -2]]),
          gamma: gamma,
          epsilon: 1
        )
      }
      let two = try batchNormBackward(
        dU: Tensor([[5, 4], [2, 1]]),
        x: Tensor([[7, -2], [7, 4]]),
        gamma: gamma,
        epsilon: 1
      )
      XCTAssertEqual(two.dX.shape, [2, 2], "a batch of two is welcome")
    }
  }
}

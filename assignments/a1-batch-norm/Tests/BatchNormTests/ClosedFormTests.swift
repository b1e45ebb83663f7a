import BatchNorm
import CourseKit
import XCTest

final class ClosedFormTests: HomeworkTestCase {
  func testBackwardClosed() {
    attempt {
      let yours = try batchNormBackwardClosed(
        dU: Example.dU,
        xHat: Example.xHat,
        gamma: Example.gamma,
        variance: Example.variance,
        epsilon: Example.epsilon
      )
      expect(yours, Example.dX, "dX in closed form", hint: "It must equal what the steps give")
    }
  }

  /// Other sizes, and x moves everything: mean, variance and xHat.
  func testBackwardClosedAgreesWithDifferences() {
    attempt {
      var generator = Generator(seed: 2)
      let x: Tensor<Double> = 2 + generator.normal(shape: [4, 3])
      let gamma = Tensor<Double>([0.5, -2, 1.5])
      let mean = try batchMean(x)
      let variance = try batchVariance(x, mean: mean)
      let xHat = try normalize(x, mean: mean, variance: variance, epsilon: 0.1)
      let report = try checkGradient(
        of: { x in
          let mean = try batchMean(x)
          let variance = try batchVariance(x, mean: mean)
          return gamma * (try normalize(x, mean: mean, variance: variance, epsilon: 0.1))
        },
        at: x,
        named: "dX in closed form"
      ) { dU in
        try batchNormBackwardClosed(
          dU: dU,
          xHat: xHat,
          gamma: gamma,
          variance: variance,
          epsilon: 0.1
        )
      }
      expect(report)
    }
  }
}

import CourseKit
import JudgeSupport
import XCTest

/// Vouches for the reference by central differences of its own forward pass: what the hidden tests
/// expect is the derivative, and the batches on which they expect it are loud enough to see a slip.
final class OracleTests: XCTestCase {
  /// Truncation and rounding of a central difference at a step of 1e-5 of the spread; measured
  /// 2e-10, and 1e-7 is asked.
  private let tolerance = 1e-7

  func testBatchGradientsAreDerivativesOfTheForwardPass() {
    var generator = Generator(seed: 1)
    for _ in 0..<2 {
      // A step fits columns of one size.
      for batch in Batch.questions(using: &generator).all where !batch.isGraded {
        let step = 1e-5 * batch.root.scalars.reduce(.infinity, min)
        assertDerivative(batch.dX, of: batch.loss(x:), at: batch.x, step: step, batch.expectedDX)
        let xHat = batch.xHat
        assertDerivative(
          batch.expectedDGamma.value,
          of: { ((($0 * xHat) + batch.beta) * batch.dU).sum() },
          at: batch.gamma,
          step: 1e-3 * batch.linear,
          batch.expectedDGamma
        )
      }
    }
  }

  func testEachStepIsThePartialDerivativeThatHoldsTheOthersFixed() {
    var generator = Generator(seed: 2)
    for loose in Loose.questions(using: &generator).all where !loose.isGraded {
      let (batch, variance, dXHat) = (loose.batch, loose.variance, loose.dXHat)
      let spread = batch.root.scalars.reduce(.infinity, min)
      let root = (variance + batch.epsilon).squareRoot()
      let deviation = batch.x - loose.mean
      // J over x̂ as a function of the variance, x and the mean held fixed.
      assertDerivative(
        loose.expectedDVariance.value,
        of: { (deviation / ($0 + batch.epsilon).squareRoot() * dXHat).sum() },
        at: variance,
        step: 1e-5 * spread * spread,
        loose.expectedDVariance
      )
      // J as a function of the mean: through x̂, and through the variance, of which it is the
      // lowest point.
      let throughVariance = { (offset: Tensor<Double>) in
        (batch.statistics.deviation - offset).squared().mean(axis: 0) * loose.dVariance
      }
      assertDerivative(
        loose.expectedDMean.value,
        of: { (-($0 / root) * dXHat).sum() + throughVariance($0).sum() },
        at: Tensor.zeros(shape: loose.mean.shape),
        step: 1e-5 * spread,
        loose.expectedDMean
      )
      // J as a function of x along its three paths: quadratic, so that a large step errs no more,
      // and rounds less where the mean is far away.
      assertDerivative(
        loose.expectedDX.value,
        of: { x in
          let deviation = x - loose.mean
          let throughVariance = deviation.squared().mean(axis: 0) * loose.dVariance
          let throughMean = deviation.mean(axis: 0) * loose.dMean
          return (deviation / root * dXHat).sum() + throughVariance.sum() + throughMean.sum()
        },
        at: batch.x,
        step: 1e-3 * spread,
        loose.expectedDX
      )
    }
  }

  func testNetworkGradientsAreDerivativesOfTheLoss() throws {
    var generator = Generator(seed: 3)
    for network in Network.questions(using: &generator).all where !network.isGraded {
      let expected = network.expected
      assertDerivative(
        expected.dW1.value,
        of: { network.replacing(w1: $0).expected.loss.value.scalars[0] },
        at: network.w1,
        step: 1e-6 * network.w1.absolute.scalars.reduce(0, max),
        expected.dW1
      )
      assertDerivative(
        expected.dW2.value,
        of: { network.replacing(w2: $0).expected.loss.value.scalars[0] },
        at: network.w2,
        step: 1e-5 * network.w2.absolute.scalars.reduce(0, max),
        expected.dW2
      )
    }
  }

  /// Compares with central differences, each divided by the step that was really taken.
  private func assertDerivative(
    _ gradient: Tensor<Double>,
    of function: (Tensor<Double>) -> Double,
    at point: Tensor<Double>,
    step: Double,
    _ expected: Expected,
    line: UInt = #line
  ) {
    for index in point.scalars.indices {
      var (above, below) = (point, point)
      above.scalars[index] += step
      below.scalars[index] -= step
      let numeric =
        (function(above) - function(below)) / (above.scalars[index] - below.scalars[index])
      let error = abs(numeric - gradient.scalars[index]) / expected.scale
      XCTAssertLessThanOrEqual(error, tolerance, "\(expected.name)[\(index)]", line: line)
    }
  }
}

extension Batch {
  /// `sum(u dU)`, whose derivative with respect to `x` is `dX`.
  fileprivate func loss(x: Tensor<Double>) -> Double {
    ((gamma * Statistics(of: x, epsilon: epsilon).xHat + beta) * dU).sum()
  }
}

extension Network {
  /// The same draw with other weights.
  fileprivate func replacing(
    w1: Tensor<Double>? = nil,
    w2: Tensor<Double>? = nil
  ) -> Network {
    Network(x: x, w1: w1 ?? self.w1, w2: w2 ?? self.w2, target: target, layer: layer)
  }
}

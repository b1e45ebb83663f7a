import CourseKit
import XCTest

/// CourseKit's checker on the function of the first homework, offsets and scales included.
///
/// It stands here because students have CourseKit's own tests, and this one holds an answer.
final class BatchNormGradientTests: XCTestCase {
  private let gamma = Tensor<Double>([2, -0.5, 1.5])

  private let normal: Tensor<Double> = {
    var generator = Generator(seed: 8)
    return generator.normal(shape: [5, 3])
  }()

  private func forward(_ x: Tensor<Double>, epsilon: Double) -> Tensor<Double> {
    let centered = x - x.mean(axis: 0)
    let deviation = (centered.squared().mean(axis: 0) + epsilon).squareRoot()
    return gamma * centered / deviation
  }

  private func backward(
    _ dU: Tensor<Double>,
    _ x: Tensor<Double>,
    epsilon: Double,
    meanPath: Double = 1
  ) -> Tensor<Double> {
    let centered = x - x.mean(axis: 0)
    let deviation = (centered.squared().mean(axis: 0) + epsilon).squareRoot()
    let (xHat, dXHat) = (centered / deviation, gamma * dU)
    let throughVariance = xHat * (dXHat * xHat).mean(axis: 0)
    return (dXHat - meanPath * dXHat.mean(axis: 0) - throughVariance) / deviation
  }

  /// Finite differences reach 2e-10 near the origin and still 5e-8 at a thousand spreads from it.
  func testRightGradientsPassAtAllOffsetsAndScales() {
    for (offset, spread, error) in [
      (0.0, 1.0, 1e-8), (3, 0.3, 1e-8), (1000, 1, 5e-7), (1, 0x1p-10, 5e-7), (5, 0x1p10, 1e-8),
    ] {
      let x = normal * spread + offset
      let epsilon = 0.1 * spread * spread
      let report = checkGradient(
        of: { self.forward($0, epsilon: epsilon) },
        at: x,
        claimed: {
          self.backward($0, x, epsilon: epsilon)
        }
      )
      XCTAssertLessThan(report.error, error, "offset \(offset), spread \(spread)")
    }
  }

  func testTheMissingMeanPathIsNamed() {
    let x = normal
    let report = checkGradient(
      of: { self.forward($0, epsilon: 0.1) },
      at: x,
      claimed: {
        self.backward($0, x, epsilon: 0.1, meanPath: 0)
      }
    )
    XCTAssertEqual(report.finding, .differs(.sameInEveryRow))
    XCTAssert(report.explanation.contains("in every row of a column"), report.explanation)
  }
}

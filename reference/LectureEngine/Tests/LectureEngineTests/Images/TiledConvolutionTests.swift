import CourseKit
import LectureEngine
import XCTest

/// 3 x 3 filters in single precision, many of which are computed by tiles with fewer products; in
/// double precision, which goes the plain way, stands what they must agree with.
final class TiledConvolutionTests: XCTestCase {
  /// Sizes with tiles that the image fills and tiles that it does not.
  private func sizes() -> [(input: [Int], outputs: Int, padding: Extent, groups: Int)] {
    [
      ([1, 32, 33, 35], 48, 1, 1),
      ([5, 48, 16, 15], 32, 0, 1),
      ([3, 32, 19, 22], 64, 2, 1),
      ([2, 64, 22, 27], 80, Extent(0, 2), 2),
      ([9, 32, 13, 14], 32, 1, 1),
    ]
  }

  func testAgreesWithThePlainWay() throws {
    var generator = Generator(seed: 8)
    for (shape, outputs, padding, groups) in sizes() {
      let x: Tensor<Double> = generator.normal(shape: shape)
      let weight: Tensor<Double> = generator.normal(shape: [outputs, shape[1] / groups, 3, 3])
      let bias: Tensor<Double> = generator.normal(shape: [outputs])
      let plain = try Conv2d(weight: weight, bias: bias, padding: padding, groups: groups)
      let tiled = try Conv2d(
        weight: weight.converted(to: Float.self),
        bias: bias.converted(to: Float.self),
        padding: padding,
        groups: groups
      )
      let (y, cache) = try plain.forward(x, mode: .training)
      let (y32, cache32) = try tiled.forward(x.converted(to: Float.self), mode: .training)
      let cotangent: Tensor<Double> = generator.normal(shape: y.shape)
      let (dx, gradients) = try plain.backward(cotangent, cache: cache)
      let (dx32, gradients32) = try tiled.backward(
        cotangent.converted(to: Float.self),
        cache: cache32
      )
      // Sums of up to 720 products of size 1, each rounded to 6e-8 of what its tile holds, which
      // is a few times larger; up to 3,000 products for a weight.
      let message = "\(shape) \(outputs) \(padding) \(groups)"
      XCTAssertLessThan(largestDifference(y32.converted(to: Double.self), y), 2e-4, message)
      XCTAssertLessThan(largestDifference(dx32.converted(to: Double.self), dx), 2e-4, message)
      for name in ["weight", "bias"] {
        let (one, other) = try (XCTUnwrap(gradients32[name]), XCTUnwrap(gradients[name]))
        XCTAssertLessThan(
          largestDifference(one.converted(to: Double.self), other),
          1e-3,
          "\(name) \(message)"
        )
      }
    }
  }

  func testASampleDoesNotDependOnTheOthers() throws {
    var generator = Generator(seed: 9)
    let layer = try Conv2d<Float>(
      weight: generator.normal(shape: [32, 32, 3, 3]),
      bias: nil,
      padding: 1
    )
    let x: Tensor<Float> = generator.normal(shape: [3, 32, 33, 32])
    let all = try layer(x)
    let size = x.count / 3
    for image in 0..<3 {
      let one = Tensor(
        shape: [1, 32, 33, 32],
        scalars: Array(x.scalars[(image * size)..<((image + 1) * size)])
      )
      XCTAssertEqual(
        try layer(one).scalars,
        Array(all.scalars[(image * size)..<((image + 1) * size)])
      )
    }
  }

  func testNumbersThatAreNotFiniteReachTheirWindowsAndNoOther() throws {
    var generator = Generator(seed: 10)
    let layer = try Conv2d<Float>(
      weight: generator.normal(shape: [32, 32, 3, 3]),
      bias: nil,
      padding: 1
    )
    let x: Tensor<Float> = generator.normal(shape: [1, 32, 40, 40])
    let whole = try layer(x)
    for strange in [Float.nan, .infinity, -.infinity, 1e30] {
      var changed = x
      changed[0, 5, 20, 21] = strange
      let y = try layer(changed)
      for row in 0..<40 {
        for column in 0..<40 where abs(row - 20) > 1 || abs(column - 21) > 1 {
          XCTAssertEqual(y[0, 7, row, column], whole[0, 7, row, column], accuracy: 2e-4)
        }
      }
      XCTAssert(!(abs(y[0, 7, 20, 21]) < 1e20), "\(strange)")
    }
  }
}

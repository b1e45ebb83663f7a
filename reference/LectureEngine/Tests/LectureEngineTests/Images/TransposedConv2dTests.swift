import CourseKit
import LectureEngine
import XCTest

final class TransposedConv2dTests: XCTestCase {
  func testIsTheExactAdjointOfTheConvolution() throws {
    var generator = Generator(seed: 1)
    for (stride, padding, groups): (Extent, Extent, Int) in [
      (1, 0, 1), (Extent(2, 3), Extent(1, 0), 1), (2, 1, 2), (1, 1, 4),
    ] {
      let weight: Tensor<Double> = generator.normal(shape: [4, 4 / groups, 3, 2])
      let x: Tensor<Double> = generator.normal(shape: [2, 4, 8, 7])
      let convolution = try Conv2d(
        weight: weight,
        bias: nil,
        stride: stride,
        padding: padding,
        groups: groups
      )
      let (ax, cache) = try convolution.forward(x, mode: .training)
      let y: Tensor<Double> = generator.normal(shape: ax.shape)
      let rest = Extent(
        (8 + 2 * padding.height - 3) % stride.height,
        (7 + 2 * padding.width - 2) % stride.width
      )
      let transposed = try TransposedConv2d(
        weight: weight,
        bias: nil,
        stride: stride,
        padding: padding,
        outputPadding: rest,
        groups: groups
      )
      let aty = try transposed(y)
      XCTAssertEqual(aty.shape, x.shape)
      XCTAssertEqual(innerProduct(ax, y), innerProduct(x, aty), accuracy: 1e-11)
      XCTAssertEqual(aty, try convolution.backward(y, cache: cache).dInput)
      XCTAssertEqual(aty, try convolution.transposed(y, cache: cache))
    }
  }

  func testPaintsItsFilter() throws {
    let layer = try TransposedConv2d<Double>(
      weight: Tensor(shape: [1, 1, 2, 2], scalars: [1, 2, 3, 4]),
      bias: Tensor([100]),
      stride: 2
    )
    let x = Tensor<Double>(shape: [1, 1, 1, 2], scalars: [1, 10])
    XCTAssertEqual(
      try layer(x).reshaped(2, 4),
      Tensor([[101, 102, 110, 120], [103, 104, 130, 140]])
    )
  }

  func testGradients() throws {
    var generator = Generator(seed: 2)
    let layer = try TransposedConv2d<Double>(
      weight: generator.normal(shape: [4, 3, 3, 2]),
      bias: generator.normal(shape: [6]),
      stride: Extent(3, 2),
      padding: 1,
      outputPadding: Extent(2, 1),
      groups: 2
    )
    let x: Tensor<Double> = generator.normal(shape: [2, 4, 3, 5])
    XCTAssertEqual(try layer(x).shape, [2, 6, 9, 9])
    XCTAssertEqual(try gradientErrors(of: layer, at: x), [])
  }

  func testRefusesOtherShapes() throws {
    let layer = try TransposedConv2d<Float>(weight: .zeros(4, 3, 3, 2), bias: nil)
    for shape in [[2, 3, 5, 5], [4, 5, 5], [2, 4, 0, 5]] {
      XCTAssertThrowsError(try layer(.zeros(shape: shape)), "\(shape)") { error in
        XCTAssertEqual((error as? ShapeMismatch)?.operation, "transposed conv2d")
      }
    }
    XCTAssertEqual(try layer(.zeros(0, 4, 5, 5)).shape, [0, 3, 7, 6])
    XCTAssertThrowsError(try TransposedConv2d<Float>(weight: .zeros(4, 3, 3, 2), bias: .zeros(4)))
  }
}

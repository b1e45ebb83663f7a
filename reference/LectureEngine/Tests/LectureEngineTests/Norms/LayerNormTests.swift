import CourseKit
import LectureEngine
import XCTest

final class LayerNormTests: XCTestCase {
  func testByHand() throws {
    let layer = LayerNorm<Double>(features: 3, epsilon: 0)
    let step = 1.5.squareRoot()
    assertClose(try layer(Tensor([[1, 2, 3], [4, 0, 2]])), [-step, 0, step, step, -step, 0])
  }

  func testGradients() throws {
    for (shape, normalized) in [([4, 5], [5]), ([2, 3, 37], [37]), ([3, 2, 4], [2, 4])] {
      var generator = Generator(seed: 10)
      var layer = LayerNorm<Double>(shape: normalized)
      layer.weight = generator.normal(shape: normalized)
      layer.bias = generator.normal(shape: normalized)
      let input: Tensor<Double> = generator.normal(shape: shape) * 2 + 1
      XCTAssertEqual(try gradientErrors(of: layer, at: input), [], "\(shape)")
    }
  }

  func testNormalizesTheOtherAxisThanBatchNorm() throws {
    // S31, S32, on one matrix: rows sum to 0 after the one, columns after the other.
    var generator = Generator(seed: 11)
    let x: Tensor<Double> = generator.normal(shape: [4, 3])
    let byRow = try LayerNorm<Double>(features: 3)(x)
    let byColumn = try BatchNorm<Double>(channels: 3).forward(x, mode: .training).output
    assertClose(byRow.sum(axis: 1), [0, 0, 0, 0])
    assertClose(byColumn.sum(axis: 0), [0, 0, 0])
    // Normalizing rows is normalizing the columns of the transpose.
    let transposed = try BatchNorm<Double>(channels: 4).forward(x.transposed(), mode: .training)
    assertClose(byRow, transposed.output.transposed().scalars)
  }

  func testOneSampleIsEnoughAndModesAgree() throws {
    var generator = Generator(seed: 12)
    let layer = LayerNorm<Float>(features: 6)
    let x: Tensor<Float> = generator.normal(shape: [3, 6])
    XCTAssertEqual(
      try layer.forward(x, mode: .training).output,
      try layer.forward(x, mode: .evaluation).output
    )
    XCTAssertEqual(try layer(x.row(1)), try layer(x).row(1))
  }

  func testBadInput() throws {
    let layer = LayerNorm<Float>(features: 3)
    XCTAssertThrowsError(try layer(.zeros(4, 2))) { error in
      XCTAssertEqual(error as? ShapeMismatch, ShapeMismatch("layer norm", [4, 2], [3]))
    }
    XCTAssertEqual(try layer(.zeros(0, 3)), .zeros(0, 3))
    let output = try layer(Tensor([[1, .nan, 2], [1, 2, 3]]))
    XCTAssertEqual(output.scalars.map(\.isNaN), [true, true, true, false, false, false])
  }
}

import CourseKit
import LectureEngine
import XCTest

final class Conv1dTests: XCTestCase {
  func testByHand() throws {
    let layer = try Conv1d<Double>(
      weight: Tensor(shape: [1, 1, 2], scalars: [1, -1]),
      bias: Tensor([10]),
      stride: 2,
      padding: 1
    )
    // 0 1 2 4 0: 10 + (0 - 1), 10 + (2 - 4)
    let x = Tensor<Double>(shape: [1, 1, 3], scalars: [1, 2, 4])
    XCTAssertEqual(try layer(x), Tensor(shape: [1, 1, 2], scalars: [9, 8]))
  }

  func testGradients() throws {
    var generator = Generator(seed: 1)
    let x: Tensor<Double> = generator.normal(shape: [2, 6, 9])
    for (groups, outputs) in [(1, 4), (2, 4), (6, 6)] {
      let layer = try Conv1d<Double>(
        weight: generator.normal(shape: [outputs, 6 / groups, 3]),
        bias: generator.normal(shape: [outputs]),
        stride: 2,
        padding: 1,
        groups: groups
      )
      XCTAssertEqual(try layer(x).shape, [2, outputs, 5])
      XCTAssertEqual(try gradientErrors(of: layer, at: x), [], "\(groups) groups")
    }
  }

  func testRefusesOtherShapes() throws {
    let layer = try Conv1d<Float>(weight: .zeros(4, 3, 5), bias: nil)
    for shape in [[2, 3, 4], [2, 2, 9], [3, 9], [2, 3, 0]] {
      XCTAssertThrowsError(try layer(.zeros(shape: shape)), "\(shape)") { error in
        XCTAssertEqual((error as? ShapeMismatch)?.operation, "conv1d")
      }
    }
    XCTAssertEqual(try layer(.zeros(0, 3, 9)).shape, [0, 4, 5])
    XCTAssertThrowsError(try Conv1d<Float>(weight: .zeros(4, 3, 5), bias: .zeros(5)))
  }
}

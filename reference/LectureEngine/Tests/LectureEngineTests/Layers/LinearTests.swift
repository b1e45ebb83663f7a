import CourseKit
import LectureEngine
import XCTest

final class LinearTests: XCTestCase {
  func testByHand() throws {
    let layer = try Linear<Double>(
      weight: Tensor([[1, 2, 3], [4, 5, 6]]),
      bias: Tensor([10, 20])
    )
    XCTAssertEqual(try layer(Tensor([[1, 0, -1]])), Tensor([[8, 18]]))
  }

  func testGradients() throws {
    var generator = Generator(seed: 1)
    let layer = try Linear<Double>(
      weight: generator.normal(shape: [5, 3]),
      bias: generator.normal(shape: [5])
    )
    XCTAssertEqual(try gradientErrors(of: layer, at: generator.normal(shape: [4, 3])), [])
    XCTAssertEqual(try gradientErrors(of: layer, at: generator.normal(shape: [2, 4, 3])), [])
  }

  func testWithoutInputsTheOutputIsTheBias() throws {
    let layer = try Linear<Double>(weight: .zeros(2, 0), bias: Tensor([3, 4]))
    let (output, cache) = try layer.forward(.zeros(3, 0), mode: .training)
    XCTAssertEqual(output, Tensor([[3, 4], [3, 4], [3, 4]]))
    let (dInput, gradients) = try layer.backward(.ones(3, 2), cache: cache)
    XCTAssertEqual(dInput.shape, [3, 0])
    XCTAssertEqual(gradients["weight"], .zeros(2, 0))
    XCTAssertEqual(gradients["bias"], Tensor([3, 3]))
  }

  func testRefusesOtherShapes() throws {
    let layer = try Linear<Float>(weight: .zeros(5, 3), bias: nil)
    XCTAssertThrowsError(try layer(.zeros(4, 2))) { error in
      XCTAssertEqual(error as? ShapeMismatch, ShapeMismatch("linear", [4, 2], [5, 3]))
    }
  }
}

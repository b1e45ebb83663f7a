import CourseKit
import LectureEngine
import XCTest

final class RBFTests: XCTestCase {
  func testByHand() throws {
    let layer = try RBF<Double>(centers: Tensor([[0, 0], [1, 2], [-1, 1]]))
    XCTAssertEqual(try layer(Tensor([[1, 2], [0, 3]])), Tensor([[5, 0, 5], [9, 2, 5]]))
  }

  func testAgreesWithNumPy() throws {
    let file = "numpy.safetensors"
    XCTAssertEqual(try goldenErrors("rbf", in: file) { try RBF<Double>(centers: $0.weight) }, [])
    XCTAssertEqual(try goldenErrors("rbf", in: file) { try RBF<Float>(centers: $0.weight) }, [])
  }

  func testGradients() throws {
    var generator = Generator(seed: 41)
    let layer = try RBF<Double>(centers: generator.normal(shape: [3, 20]))
    XCTAssertEqual(try gradientErrors(of: layer, at: generator.normal(shape: [4, 20])), [])
  }

  func testFixedCentersAreABuffer() throws {
    var layer = try RBF<Double>(centers: Tensor([[1, -1]]), isTrained: false)
    XCTAssertEqual(layer.parameterCount, 0)
    var names: [String] = []
    layer.visitBuffers { name, _ in names.append(name) }
    XCTAssertEqual(names, ["weight"])
    XCTAssertEqual(try gradientErrors(of: layer, at: Tensor([[0.5, 2]])), [])
  }

  func testBadInput() throws {
    let layer = try RBF<Float>(centers: .zeros(3, 2))
    XCTAssertThrowsError(try layer(.zeros(4, 3)))
    XCTAssertThrowsError(try layer(.zeros(2)))
    XCTAssertEqual(try layer(.zeros(0, 2)), .zeros(0, 3))
    XCTAssertThrowsError(try RBF<Float>(centers: .zeros(3)))
    XCTAssertEqual(
      try layer(Tensor([[.nan, 0], [0, 0]])).scalars.map(\.isNaN),
      [true, true, true, false, false, false]
    )
  }
}

import CourseKit
import LectureEngine
import XCTest

final class LoadingTests: XCTestCase {
  private let layer = try? Linear<Float>(weight: .zeros(2, 3), bias: .zeros(2))
  private let weight = Tensor<Float>([[1, 2, 3], [4, 5, 6]])
  private let bias = Tensor<Float>([7, 8])

  func testALayerComesBackFromItsOwnState() throws {
    let trained = try Linear(weight: weight, bias: bias)
    var fresh = try XCTUnwrap(layer)
    try fresh.load(Safetensors(trained.state))
    XCTAssertEqual(fresh.weight, weight)
    XCTAssertEqual(fresh.bias, bias)
  }

  func testAPrefixChoosesAmongSeveralLayers() throws {
    let file = try Safetensors([
      (name: "fc.weight", value: weight), (name: "fc.bias", value: bias),
      (name: "other.bias", value: bias),
    ])
    var fresh = try XCTUnwrap(layer)
    try fresh.load(file, prefix: "fc.")
    XCTAssertEqual(fresh.weight, weight)
  }

  func testWhatDoesNotFitChangesNothing() throws {
    var fresh = try XCTUnwrap(layer)
    XCTAssertEqual(
      message { try fresh.load(Safetensors([(name: "weight", value: weight)])) },
      "there is no tensor \"bias\""
    )
    XCTAssertEqual(
      message {
        try fresh.load(
          Safetensors([(name: "weight", value: weight.transposed()), (name: "bias", value: bias)])
        )
      },
      "\"weight\" has the shape [3, 2], the layer's has [2, 3]: is it another model's?"
    )
    XCTAssertEqual(
      message {
        try fresh.load(
          Safetensors([
            (name: "weight", value: weight), (name: "bias", value: bias),
            (name: "scale", value: bias), (name: "gain", value: bias),
          ])
        )
      },
      "the layer has no place for \"gain\", \"scale\""
    )
    XCTAssertEqual(fresh.weight, .zeros(2, 3))
    XCTAssertEqual(fresh.bias, .zeros(2))
  }
}

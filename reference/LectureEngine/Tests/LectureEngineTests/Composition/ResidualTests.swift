import CourseKit
import LectureEngine
import XCTest

final class ResidualTests: XCTestCase {
  func testGradients() throws {
    var generator = Generator(seed: 15)
    let body = Sequential<Double>(
      Linear(inputs: 4, outputs: 4, .kaiming, using: &generator),
      BatchNorm(channels: 4),
      Tanh()
    )
    let input: Tensor<Double> = generator.normal(shape: [3, 4])
    XCTAssertEqual(try gradientErrors(of: Residual(body), at: input), [])
    let narrow = Linear<Double>(inputs: 4, outputs: 2, .kaiming, using: &generator)
    let projection = Linear<Double>(
      inputs: 4,
      outputs: 2,
      hasBias: false,
      .xavier,
      using: &generator
    )
    XCTAssertEqual(
      try gradientErrors(of: Residual(narrow, shortcut: projection), at: input),
      []
    )
  }

  func testGradientArrivesThoughTheBodyHasNone() throws {
    // S51: g is 0 everywhere, and so is its derivative.
    let dead = try Linear<Double>(weight: .zeros(3, 3), bias: .zeros(3))
    let block = Residual(dead)
    let (output, cache) = try block.forward(Tensor([[1, 2, 3]]), mode: .training)
    XCTAssertEqual(output, Tensor([[1, 2, 3]]))
    XCTAssertEqual(
      try block.backward(Tensor([[4, 5, 6]]), cache: cache).dInput,
      Tensor([[4, 5, 6]])
    )
  }

  func testNamesBuffersAndStatisticsReachTheParts() throws {
    var block = Residual(BatchNorm<Double>(channels: 2))
    XCTAssertEqual(block.parameters.map(\.name), ["body.weight", "body.bias"])
    let input = Tensor<Double>([[1, 2], [3, 6]])
    let (_, cache) = try block.forward(input, mode: .training)
    block.absorb(cache)
    assertClose(block.body.runningMean, [0.2, 0.4])
    _ = try block.measureStatistics(over: [input])
    assertClose(block.body.runningMean, [2, 4])
    var buffers: [String] = []
    block.visitBuffers { name, _ in buffers.append(name) }
    XCTAssertEqual(buffers, ["body.running_mean", "body.running_var"])
  }

  func testStatisticsOfPartsOfDifferentShapesAreRefused() throws {
    var block = Residual(try Linear<Double>(weight: .zeros(2, 3), bias: nil))
    XCTAssertThrowsError(try block.measureStatistics(over: [.zeros(4, 3)])) { error in
      XCTAssertEqual(
        error as? ShapeMismatch,
        ShapeMismatch("residual, body and shortcut", [4, 2], [4, 3])
      )
    }
  }

  func testRefusesPartsOfDifferentShapes() throws {
    let block = Residual(try Linear<Float>(weight: .zeros(2, 3), bias: nil))
    XCTAssertThrowsError(try block(.zeros(1, 3))) { error in
      XCTAssertEqual(
        error as? ShapeMismatch,
        ShapeMismatch("residual, body and shortcut", [1, 2], [1, 3])
      )
    }
  }
}

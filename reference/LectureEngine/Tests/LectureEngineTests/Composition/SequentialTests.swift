import CourseKit
import LectureEngine
import XCTest

final class SequentialTests: XCTestCase {
  private func network() -> Sequential<Double> {
    var generator = Generator(seed: 13)
    return Sequential(
      Linear(inputs: 3, outputs: 5, hasBias: false, .kaiming, using: &generator),
      BatchNorm(channels: 5),
      Tanh(),
      Linear(inputs: 5, outputs: 2, .gaussian(scale: 1), using: &generator)
    )
  }

  private var input: Tensor<Double> {
    var generator = Generator(seed: 14)
    return generator.normal(shape: [4, 3])
  }

  func testNamesAreThoseOfPyTorch() {
    XCTAssertEqual(
      network().parameters.map(\.name),
      ["0.weight", "1.weight", "1.bias", "3.weight", "3.bias"]
    )
    XCTAssertEqual(network().parameterCount, 15 + 5 + 5 + 10 + 2)
    var buffers: [String] = []
    var copy = network()
    copy.visitBuffers { name, _ in buffers.append(name) }
    XCTAssertEqual(buffers, ["1.running_mean", "1.running_var"])
    let named = Sequential<Double>(named: ["fc": network(), "act": ReLU()])
    XCTAssertEqual(named.parameters.first?.name, "fc.0.weight")
  }

  func testGradients() throws {
    XCTAssertEqual(try gradientErrors(of: network(), at: input), [])
    XCTAssertEqual(try gradientErrors(of: network(), at: input, mode: .evaluation), [])
  }

  func testWithoutLayersTheOutputIsTheInput() throws {
    XCTAssertEqual(try Sequential<Double>()(input), input)
  }

  func testAbsorbReachesTheLayers() throws {
    var network = network()
    let (_, cache) = try network.forward(input, mode: .training)
    network.absorb(cache)
    let norm = try XCTUnwrap(network.elements[1].layer as? BatchNorm<Double>)
    XCTAssertNotEqual(norm.runningMean, .zeros(5))
  }

  func testMeasuredStatisticsMakeEvaluationEqualTrainingOnAllData() throws {
    // But for Bessel's correction, which evaluation has and training has not.
    var network = network()
    let outputs = try network.measureStatistics(over: [input])
    let norm = try XCTUnwrap(network.elements[1].layer as? BatchNorm<Double>)
    var corrected = norm
    corrected.runningVariance *= 3.0 / 4
    network.elements[1].layer = corrected
    let training = try network.forward(input, mode: .training).output
    assertClose(try network(input), training.scalars, accuracy: 1e-12)
    XCTAssertEqual(outputs.map(\.shape), [[4, 2]])
  }

  func testErrorsOfALayerComeThrough() {
    XCTAssertThrowsError(try network()(.zeros(4, 2))) { error in
      XCTAssertEqual(error as? ShapeMismatch, ShapeMismatch("linear", [4, 2], [5, 3]))
    }
  }
}

import CourseKit
import LectureEngine
import XCTest

/// Layers without images beside PyTorch's, in both precisions.
final class LayerGoldenTests: XCTestCase {
  func testLinear() throws {
    for name in ["linear", "linear_without_bias", "linear_of_sequences"] {
      try check(name) { try Linear<Double>(weight: $0.weight, bias: $0.bias) }
      try check(name) { try Linear<Float>(weight: $0.weight, bias: $0.bias) }
    }
  }

  func testReLU() throws {
    try check("relu") { _ in ReLU<Double>() }
    try check("relu") { _ in ReLU<Float>() }
  }

  func testLeakyReLU() throws {
    try check("leaky_relu") { _ in LeakyReLU<Double>(slope: 0.2) }
    try check("leaky_relu") { _ in LeakyReLU<Float>(slope: 0.2) }
  }

  func testSigmoid() throws {
    try check("sigmoid") { _ in Sigmoid<Double>() }
    try check("sigmoid") { _ in Sigmoid<Float>() }
  }

  func testTanh() throws {
    try check("tanh") { _ in Tanh<Double>() }
    try check("tanh") { _ in Tanh<Float>() }
  }

  func testGELU() throws {
    try check("gelu") { _ in GELU<Double>() }
    try check("gelu") { _ in GELU<Float>() }
    try check("gelu_tanh") { _ in GELU<Double>(.tanh) }
    try check("gelu_tanh") { _ in GELU<Float>(.tanh) }
  }

  func testSoftmax() throws {
    try check("softmax") { _ in Softmax<Double>() }
    try check("softmax") { _ in Softmax<Float>() }
  }

  func testBatchNormOverFeatures() throws {
    for (name, mode) in [("training", Mode.training), ("evaluation", .evaluation)] {
      try check("batch_norm_\(name)", mode) { _ in BatchNorm<Double>(channels: 4) }
      try check("batch_norm_\(name)", mode) { _ in BatchNorm<Float>(channels: 4) }
    }
  }

  func testBatchNormOverImages() throws {
    for (name, mode) in [("training", Mode.training), ("evaluation", .evaluation)] {
      try check("batch_norm_images_\(name)", mode) { _ in BatchNorm<Double>(channels: 3) }
      try check("batch_norm_images_\(name)", mode) { _ in BatchNorm<Float>(channels: 3) }
    }
  }

  func testLayerNorm() throws {
    for name in ["layer_norm", "layer_norm_of_sequences"] {
      try check(name) { _ in LayerNorm<Double>(features: 7) }
      try check(name) { _ in LayerNorm<Float>(features: 7) }
    }
  }

  func testCrossEntropy() throws {
    for (name, reduction) in [("mean", Reduction.mean), ("sum", .sum)] {
      let expected = try LayerGolden<Double>("cross_entropy_\(name)")
      let loss = SoftmaxCrossEntropy<Double>(reduction)
      let (value, dLogits) = try loss(expected["input"], labels: [4, 0, 2, 2, 1, 3])
      XCTAssertNil(
        difference("loss", Tensor(shape: [], scalars: [value]), try expected["output"])
      )
      XCTAssertNil(difference("dLogits", dLogits, try expected["dInput"]))
    }
  }

  func testMeanSquaredError() throws {
    for (name, reduction) in [("mean", Reduction.mean), ("sum", .sum)] {
      let expected = try LayerGolden<Double>("mse_\(name)")
      let loss = MeanSquaredError<Double>(reduction)
      let (value, dOutput) = try loss(expected["input"], target: expected["target"])
      XCTAssertNil(
        difference("loss", Tensor(shape: [], scalars: [value]), try expected["output"])
      )
      XCTAssertNil(difference("dOutput", dOutput, try expected["dInput"]))
    }
  }

  private func check<L: Layer>(
    _ name: String,
    _ mode: Mode = .training,
    line: UInt = #line,
    _ make: (LayerGolden<L.Scalar>) throws -> L
  ) throws {
    XCTAssertEqual(try goldenErrors(name, mode: mode, make), [], "\(name), \(L.self)", line: line)
  }
}

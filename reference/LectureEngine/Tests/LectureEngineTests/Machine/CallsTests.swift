import CourseKit
import CourseKitKernels
import LectureEngine
import XCTest

/// A layer's training step goes from Swift to the C kernels few times: once forward, once backward,
/// and once for each parameter that the optimizer moves.
final class CallsTests: XCTestCase {
  private var generator = Generator(seed: 8)

  private func calls(_ work: () throws -> Void) rethrows -> Int {
    let before = ck_noted_calls()
    try work()
    return ck_noted_calls() - before
  }

  /// Of a whole step of training.
  private func calls<L: Layer<Float>>(
    of layer: L,
    _ shape: [Int],
    momentum: Double
  ) throws -> Int {
    var layer = layer
    var optimizer = SGD<Float>(learningRate: 0.1, momentum: momentum)
    let input: Tensor<Float> = generator.normal(shape: shape)
    let dOutput: Tensor<Float> = generator.normal(shape: try layer(input).shape)
    return try calls {
      let (_, cache) = try layer.forward(input, mode: .training)
      let (_, gradients) = try layer.backward(dOutput, cache: cache)
      layer.absorb(cache)
      try optimizer.step(&layer, gradients)
    }
  }

  private func check<L: Layer<Float>>(_ layer: L, _ shape: [Int], atMost limit: Int) throws {
    for momentum in [0, 0.9] {
      let count = try calls(of: layer, shape, momentum: momentum)
      XCTAssertLessThanOrEqual(count, limit, "\(L.self)")
      XCTAssertGreaterThan(count, 0, "\(L.self): nothing is counted")
    }
  }

  func testLayersWithParametersTakeFourCalls() throws {
    let weight: Tensor<Float> = generator.normal(shape: [5, 3])
    let filters: Tensor<Float> = generator.normal(shape: [5, 3, 3, 3])
    let bias: Tensor<Float> = generator.normal(shape: [5])
    try check(Linear(weight: weight, bias: bias), [4, 3], atMost: 4)
    try check(Linear(weight: weight, bias: nil), [2, 4, 3], atMost: 3)
    try check(Conv2d(weight: filters, bias: bias), [2, 3, 6, 7], atMost: 4)
    try check(Conv2d(weight: filters, bias: nil, padding: 1), [2, 3, 6, 7], atMost: 3)
    try check(
      TransposedConv2d(weight: filters, bias: generator.normal(shape: [3]), padding: 1),
      [2, 5, 6, 7],
      atMost: 4
    )
    try check(TransposedConv2d(weight: filters, bias: nil, stride: 2), [2, 5, 3, 2], atMost: 3)
    try check(
      Conv1d(weight: generator.normal(shape: [5, 3, 2]), bias: bias),
      [2, 3, 6],
      atMost: 4
    )
    try check(BatchNorm<Float>(channels: 3), [4, 3], atMost: 4)
    try check(BatchNorm<Float>(channels: 3), [4, 3, 5, 2], atMost: 4)
    try check(LayerNorm<Float>(features: 3), [4, 3], atMost: 4)
  }

  func testLayersWithoutParametersTakeTwoCalls() throws {
    try check(ReLU<Float>(), [4, 3], atMost: 2)
    try check(LeakyReLU<Float>(), [4, 3], atMost: 2)
    try check(Sigmoid<Float>(), [4, 3], atMost: 2)
    try check(Tanh<Float>(), [4, 3], atMost: 2)
    try check(GELU<Float>(), [4, 3], atMost: 2)
    try check(Softmax<Float>(), [4, 3], atMost: 2)
    try check(MaxPool2d<Float>(kernel: 2), [2, 3, 6, 8], atMost: 2)
    try check(AvgPool2d<Float>(kernel: 2), [2, 3, 6, 8], atMost: 2)
    try check(GlobalAveragePool<Float>(), [2, 3, 6, 8], atMost: 4)
  }

  /// Layers of a whole network, what joins them, and the loss.
  func testAStepOfANetworkTakesFourCallsALayer() throws {
    let network = try ModernLeNet<Float>(using: &generator)
    try check(network, [2, 1, 32, 32], atMost: 5 * 4 + 8 * 2)
    let logits: Tensor<Float> = generator.normal(shape: [4, 3])
    let loss = try calls { _ = try SoftmaxCrossEntropy<Float>()(logits, labels: [0, 1, 2, 0]) }
    XCTAssertLessThanOrEqual(loss, 2)
  }
}

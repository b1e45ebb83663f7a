import CourseKit
import LectureEngine
import XCTest

/// Models learn to read digits: everything together, from the files to the running statistics.
///
/// Chance is 0.1. The bounds lie below what was measured (0.90, 0.91, 0.87, 0.79), since other
/// instruction sets round otherwise and training makes much of it.
final class LearningTests: XCTestCase {
  func testBatchNormMLP() throws {
    var generator = Generator(seed: 0)
    let model = BatchNormMLP<Float>(hidden: [50, 50], using: &generator)
    let share = try learn(
      model,
      rate: 0.1,
      &generator,
      as: { $0.flattened },
      loss: {
        try SoftmaxCrossEntropy()($0, labels: $1)
      }
    )
    XCTAssertGreaterThan(share, 0.8)
  }

  func testModernLeNet() throws {
    var generator = Generator(seed: 0)
    let model = try ModernLeNet<Float>(using: &generator)
    let share = try learn(
      model,
      rate: 0.1,
      &generator,
      as: { try ZeroPadding2d(2)($0) },
      loss: {
        try SoftmaxCrossEntropy()($0, labels: $1)
      }
    )
    XCTAssertGreaterThan(share, 0.8)
  }

  /// The answer is the nearest code, so the smallest output.
  func testLeNet5() throws {
    var generator = Generator(seed: 0)
    let model = try LeNet5<Float>(using: &generator)
    let share = try learn(
      model,
      rate: 0.003,
      &generator,
      as: { try ZeroPadding2d(2)($0) },
      smallestWins: true,
      loss: {
        try LeNet5.loss($0, labels: $1)
      }
    )
    XCTAssertGreaterThan(share, 0.8)
  }

  func testSmallResidualNetwork() throws {
    var generator = Generator(seed: 0)
    let model = try ResNet<Float>(
      ResNetPlan(blocks: [1, 1, 1], isBottleneck: false),
      shortcut: .padding,
      stem: .small,
      channels: 1,
      width: 8,
      classes: 10,
      using: &generator
    )
    let share = try learn(
      model,
      rate: 0.05,
      &generator,
      as: { try AvgPool2d(kernel: 2)($0) },
      momentum: 0.9,
      loss: {
        try SoftmaxCrossEntropy()($0, labels: $1)
      }
    )
    XCTAssertGreaterThan(share, 0.6)
  }

  /// The share of 500 digits that a model reads after one pass over 5,000 others.
  private func learn<L: Layer>(
    _ model: L,
    rate: Double,
    _ generator: inout Generator,
    as prepare: (Tensor<Float>) throws -> Tensor<Float>,
    momentum: Double = 0,
    smallestWins: Bool = false,
    loss: (Tensor<Float>, [Int]) throws -> (Float, Tensor<Float>)
  ) throws -> Double where L.Scalar == Float {
    let digits = try ImageSet.mnist(.training).prefix(5000)
    var (model, optimizer) = (model, SGD<Float>(learningRate: rate, momentum: momentum))
    for indices in Batches(of: digits.count, size: 20, shuffledBy: &generator) {
      let x: Tensor<Float> = try prepare(digits.images(at: indices))
      let (output, cache) = try model.forward(x, mode: .training)
      let dOutput = try loss(output, digits.labels(at: indices)).1
      let gradients = try model.backward(dOutput, cache: cache).gradients
      model.absorb(cache)
      try optimizer.step(&model, gradients)
    }
    let others = try ImageSet.mnist(.test).prefix(500)
    let output = try model(prepare(others.images(at: Array(0..<500))))
    let answers = (smallestWins ? -output : output).argmax(axis: 1)
    return Double(zip(answers, others.labels).filter { $0 == $1 }.count) / 500
  }
}

extension Tensor {
  fileprivate var flattened: Tensor { reshaped(shape[0], count / shape[0]) }
}

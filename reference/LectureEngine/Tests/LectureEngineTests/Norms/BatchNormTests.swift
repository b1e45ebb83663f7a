import CourseKit
import LectureEngine
import XCTest

final class BatchNormTests: XCTestCase {
  func testByHand() throws {
    // Mean 2, biased variance 2/3 and 8/3; unbiased 1 and 4.
    var layer = BatchNorm<Double>(channels: 2, epsilon: 0)
    let (output, cache) = try layer.forward(Tensor([[1, 0], [2, 2], [3, 4]]), mode: .training)
    let step = 1.5.squareRoot()
    assertClose(output, [-step, -step, 0, 0, step, step])
    layer.absorb(cache)
    assertClose(layer.runningMean, [0.2, 0.2])
    assertClose(layer.runningVariance, [1, 1.3])
  }

  func testGradients() throws {
    for shape in [[5, 3], [4, 3, 6], [2, 3, 4, 5], [1, 3, 2, 1], [7, 130]] {
      let (layer, input) = drawn(shape)
      for mode in [Mode.training, .evaluation] {
        XCTAssertEqual(try gradientErrors(of: layer, at: input, mode: mode), [], "\(shape)")
      }
    }
  }

  func testImagesAreNormalizedOverSamplesAndPositions() throws {
    let (layer, images) = drawn([4, 3, 2, 5])
    // The same numbers with every position as a sample of its own.
    var rows = Tensor<Double>.zeros(40, 3)
    for i in 0..<4 {
      for c in 0..<3 {
        for p in 0..<10 { rows[i * 10 + p, c] = images.scalars[(i * 3 + c) * 10 + p] }
      }
    }
    let asImages = try layer.forward(images, mode: .training).output
    let asRows = try layer.forward(rows, mode: .training).output
    for i in 0..<4 {
      for c in 0..<3 {
        for p in 0..<10 {
          let value = asImages.scalars[(i * 3 + c) * 10 + p]
          XCTAssertEqual(value, asRows[i * 10 + p, c], accuracy: 1e-14)
        }
      }
    }
  }

  func testBiasBeforeIsRedundant() throws {
    // S26.
    let (layer, input) = drawn([6, 4])
    let bias = Tensor<Double>([1, -2, 3, 100])
    let (plain, cache) = try layer.forward(input, mode: .training)
    let shifted = try layer.forward(input + bias, mode: .training).output
    assertClose(shifted, plain.scalars, accuracy: 1e-12)
    var generator = Generator(seed: 8)
    let cotangent: Tensor<Double> = generator.normal(shape: [6, 4])
    let dInput = try layer.backward(cotangent, cache: cache).dInput
    assertClose(dInput.sum(axis: 0), [0, 0, 0, 0], accuracy: 1e-14)
  }

  func testGradientIsOrthogonalToTheNormalizedInputUpToEpsilon() throws {
    // Sum of dx x̂ is proportional to ε: γ ε Σ(dy x̂) / (σ² + ε)^(3/2) at every channel.
    let input = drawn([6, 4]).input
    for epsilon in [1e-3, 1e-5] {
      let layer = BatchNorm<Double>(channels: 4, epsilon: epsilon)
      let (normalized, cache) = try layer.forward(input, mode: .training)
      let (dInput, gradients) = try layer.backward(input.squared(), cache: cache)
      let sums = (dInput * normalized).sum(axis: 0)
      let centered = input - input.mean(axis: 0)
      let variance = centered.squared().mean(axis: 0) + epsilon
      let expected =
        epsilon * (gradients["weight"] ?? .zeros(4)) / (variance * variance.squareRoot())
      assertClose(sums, expected.scalars, accuracy: 1e-12)
    }
  }

  func testTrainingNeedsMoreThanOneValuePerChannel() throws {
    let layer = BatchNorm<Float>(channels: 3)
    for shape in [[1, 3], [1, 3, 1, 1], [0, 3], [2, 3, 0, 4]] {
      XCTAssertThrowsError(try layer.forward(.zeros(shape: shape), mode: .training)) { error in
        XCTAssertTrue("\(error)".contains("Expected more than 1 value per channel when training"))
      }
    }
    XCTAssertNoThrow(try layer.forward(.zeros(1, 3, 1, 2), mode: .training))
    XCTAssertEqual(try layer(.zeros(0, 3)), .zeros(0, 3))
  }

  func testAnswerInEvaluationDoesNotDependOnTheOthers() throws {
    // S29, S30.
    let (layer, input) = drawn([6, 4])
    let alone = input.row(2).reshaped(1, 4)
    XCTAssertEqual(try layer(alone).row(0), try layer(input).row(2))
    var changed = input
    changed[0, 1] += 5
    let before = try layer.forward(input, mode: .training).output.row(2)
    let after = try layer.forward(changed, mode: .training).output.row(2)
    XCTAssertNotEqual(before, after)
    XCTAssertEqual(try layer(changed).row(2), try layer(input).row(2))
  }

  func testEvaluationAbsorbsNothing() throws {
    let (drawnLayer, input) = drawn([6, 4])
    var layer = drawnLayer
    let (_, cache) = try layer.forward(input, mode: .evaluation)
    let before = layer.runningMean
    layer.absorb(cache)
    XCTAssertEqual(layer.runningMean, before)
  }

  func testStatisticsOfAFullPass() throws {
    var (layer, data) = drawn([11, 4])
    data += 50
    let batches = [0..<4, 4..<5, 5..<11].map { range in
      Tensor(shape: [range.count, 4], scalars: range.flatMap { data.row($0).scalars })
    }
    let outputs = try layer.measureStatistics(over: batches)
    let mean = data.mean(axis: 0)
    let variance = (data - mean).squared().sum(axis: 0) / 10
    assertClose(layer.runningMean, mean.scalars, accuracy: 1e-12)
    assertClose(layer.runningVariance, variance.scalars, accuracy: 1e-12)
    XCTAssertEqual(outputs.map(\.shape), [[4, 4], [1, 4], [6, 4]])
    XCTAssertEqual(outputs[1].row(0), try layer(data).row(4))
    XCTAssertThrowsError(try layer.measureStatistics(over: [.zeros(1, 4)]))
  }

  func testVarianceOfLargeNumbersIsNotLost() throws {
    // The difference of large squares would leave nothing of it in single precision.
    let input = Tensor<Float>([[10_001], [10_002], [10_003]])
    let output = try BatchNorm<Float>(channels: 1, epsilon: 0).forward(input, mode: .training)
    for (actual, expected) in zip(output.output.scalars, [-1.5.squareRoot(), 0, 1.5.squareRoot()]) {
      XCTAssertEqual(actual, Float(expected), accuracy: 1e-6)
    }
  }

  func testNaNStaysInItsChannel() throws {
    let layer = BatchNorm<Float>(channels: 2)
    let input = Tensor<Float>([[.nan, 1], [2, 3], [4, 6]])
    let training = try layer.forward(input, mode: .training).output
    XCTAssertEqual(training.scalars.map(\.isNaN), [true, false, true, false, true, false])
    XCTAssertEqual(
      try layer(input).scalars.map(\.isNaN),
      [true] + Array(repeating: false, count: 5)
    )
  }

  func testRefusesOtherChannels() {
    XCTAssertThrowsError(try BatchNorm<Float>(channels: 3)(.zeros(4, 2))) { error in
      XCTAssertEqual(error as? ShapeMismatch, ShapeMismatch("batch norm", [4, 2], [3]))
    }
  }

  /// A layer with random parameters and statistics, and an input for it.
  private func drawn(_ shape: [Int]) -> (layer: BatchNorm<Double>, input: Tensor<Double>) {
    var generator = Generator(seed: 9)
    var layer = BatchNorm<Double>(channels: shape[1])
    layer.weight = generator.normal(shape: [shape[1]])
    layer.bias = generator.normal(shape: [shape[1]])
    layer.runningMean = generator.normal(shape: [shape[1]])
    layer.runningVariance = generator.uniform(shape: [shape[1]]) + 0.5
    return (layer, generator.normal(shape: shape) * 2 + 1)
  }
}

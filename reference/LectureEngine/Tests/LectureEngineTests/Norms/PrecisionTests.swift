import CourseKit
import LectureEngine
import XCTest

/// Single precision runs other kernels than the gradient checks do: both must say the same.
///
/// Bounds are a few roundings of Float (6e-8) of the largest number, times the length of sums.
final class PrecisionTests: XCTestCase {
  func testNorms() throws {
    try compare(BatchNorm<Float>(channels: 3), BatchNorm<Double>(channels: 3), [5, 3])
    try compare(BatchNorm<Float>(channels: 70), BatchNorm<Double>(channels: 70), [300, 70])
    try compare(BatchNorm<Float>(channels: 3), BatchNorm<Double>(channels: 3), [4, 3, 7, 5])
    try compare(BatchNorm<Float>(channels: 2), BatchNorm<Double>(channels: 2), [2, 2, 70, 70])
    for features in [3, 16, 37, 200] {
      try compare(
        LayerNorm<Float>(features: features),
        LayerNorm<Double>(features: features),
        [6, features]
      )
    }
  }

  func testSoftmax() throws {
    for classes in [1, 10, 16, 37] {
      try compare(Softmax<Float>(), Softmax<Double>(), [6, classes])
    }
  }

  func testLossAndDistances() throws {
    var generator = Generator(seed: 61)
    let logits: Tensor<Double> = generator.normal(shape: [5, 20]) * 10
    let labels = [19, 0, 7, 16, 3]
    let double = try SoftmaxCrossEntropy<Double>()(logits, labels: labels)
    let single = try SoftmaxCrossEntropy<Float>()(logits.converted(to: Float.self), labels: labels)
    XCTAssertEqual(Double(single.loss), double.loss, accuracy: 1e-5)
    assertClose(single.dLogits.converted(to: Double.self), double.dLogits.scalars, accuracy: 1e-6)

    let centers: Tensor<Double> = generator.normal(shape: [4, 20])
    try compare(
      RBF<Float>(centers: centers.converted(to: Float.self)),
      RBF<Double>(centers: centers),
      [3, 20]
    )
  }

  func testLargestIsFoundWhereverItStands() throws {
    for classes in [1, 15, 16, 17, 40] {
      for place in 0..<classes {
        var logits = Tensor<Float>.zeros(1, classes)
        logits[0, place] = 1e4
        let p = try Softmax()(logits)
        XCTAssertEqual(p[0, place], 1)
        logits[0, place] = .nan
        XCTAssertTrue(try Softmax()(logits).scalars.allSatisfy(\.isNaN))
      }
    }
  }

  /// Output, gradient of the input and of the parameters, in training.
  private func compare<S: Layer<Float>, D: Layer<Double>>(
    _ single: S,
    _ double: D,
    _ shape: [Int],
    file: StaticString = #filePath,
    line: UInt = #line
  ) throws {
    var generator = Generator(seed: 62)
    let x: Tensor<Double> = generator.normal(shape: shape) * 2 + 1
    let (output, cache) = try double.forward(x, mode: .training)
    let cotangent: Tensor<Double> = generator.normal(shape: output.shape)
    let (dInput, gradients) = try double.backward(cotangent, cache: cache)
    let (output32, cache32) = try single.forward(x.converted(to: Float.self), mode: .training)
    let (dInput32, gradients32) = try single.backward(
      cotangent.converted(to: Float.self),
      cache: cache32
    )
    var pairs = [(output32, output), (dInput32, dInput)]
    for (name, value) in gradients.values {
      pairs.append((try XCTUnwrap(gradients32[name]), value))
    }
    for (s, d) in pairs {
      let size = d.scalars.reduce(1) { max($0, abs($1)) }
      assertClose(
        s.converted(to: Double.self),
        d.scalars,
        accuracy: 2e-6 * size,
        file: file,
        line: line
      )
    }
  }
}

import CourseKit
import LectureEngine
import XCTest

/// Homework 1, step by step: each step against differences that hold fixed what it holds fixed.
final class BatchNormByHandTests: XCTestCase {
  private typealias ByHand = BatchNormByHand<Double>

  private let epsilon = 0.1
  private let x: Tensor<Double>
  private let gamma: Tensor<Double>
  private let mean: Tensor<Double>
  private let variance: Tensor<Double>
  private let xHat: Tensor<Double>

  required init(name: String, testClosure: @escaping XCTestCaseClosure) {
    var generator = Generator(seed: 31)
    x = generator.normal(shape: [5, 3]) * 2 + 1
    gamma = generator.normal(shape: [3])
    mean = ByHand.mean(x)
    variance = ByHand.variance(x, mean: mean)
    xHat = ByHand.normalize(x, mean: mean, variance: variance, epsilon: epsilon)
    super.init(name: name, testClosure: testClosure)
  }

  func testGradientsOfScaleAndShift() throws {
    try check(at: gamma, { $0 * self.xHat }, { ByHand.dGamma(dU: $0, xHat: self.xHat) })
    try check(at: .zeros(3), { self.xHat + $0 }, { ByHand.dBeta(dU: $0) })
    try check(at: xHat, { self.gamma * $0 }, { ByHand.dXHat(dU: $0, gamma: self.gamma) })
  }

  func testGradientOfTheVarianceHoldsTheMeanFixed() throws {
    try check(
      at: variance,
      { ByHand.normalize(self.x, mean: self.mean, variance: $0, epsilon: self.epsilon) },
      { self.dVariance($0) }
    )
  }

  func testGradientOfTheMeanReachesTheVarianceToo() throws {
    try check(
      at: mean,
      { mean in
        let variance = ByHand.variance(self.x, mean: mean)
        return ByHand.normalize(self.x, mean: mean, variance: variance, epsilon: self.epsilon)
      },
      { self.dMean($0) }
    )
    // The path through the variance is 0, since deviations from the mean sum to 0.
    let cotangent = x.squared()
    let direct = -(cotangent.sum(axis: 0) / (variance + epsilon).squareRoot())
    assertClose(dMean(cotangent), direct.scalars, accuracy: 1e-13)
  }

  func testGradientOfTheInputTakesAllThreePaths() throws {
    try check(at: x, { self.normalized($0) }, { self.dInput($0) })
  }

  func testClosedFormEqualsTheSteps() {
    let dU = x.squared()
    let closed = ByHand.dInputClosed(
      dU: dU,
      xHat: xHat,
      gamma: gamma,
      variance: variance,
      epsilon: epsilon
    )
    let steps = dInput(ByHand.dXHat(dU: dU, gamma: gamma))
    assertClose(closed, steps.scalars, accuracy: 1e-13)
    assertClose(closed.sum(axis: 0), [0, 0, 0], accuracy: 1e-13)
  }

  func testLayerDoesTheSame() throws {
    var layer = BatchNorm<Double>(channels: 3, epsilon: epsilon)
    layer.weight = gamma
    let (output, cache) = try layer.forward(x, mode: .training)
    assertClose(output, (gamma * xHat).scalars)
    let dU = x.squared()
    let (dX, gradients) = try layer.backward(dU, cache: cache)
    assertClose(dX, dInput(ByHand.dXHat(dU: dU, gamma: gamma)).scalars, accuracy: 1e-13)
    assertClose(
      try XCTUnwrap(gradients["weight"]),
      ByHand.dGamma(dU: dU, xHat: xHat).scalars,
      accuracy: 1e-13
    )
    assertClose(try XCTUnwrap(gradients["bias"]), ByHand.dBeta(dU: dU).scalars, accuracy: 1e-13)
  }

  func testToyOfSlide23() throws {
    // Three layers of 100 units, a batch of 32: mean 0.00, deviation 0.98 = √(31/32) after each.
    var generator = Generator(seed: 0)
    var z: Tensor<Double> = generator.normal(shape: [32, 100])
    for _ in 0..<3 {
      let w: Tensor<Double> = generator.normal(shape: [100, 100])
      z = ByHand.toy(try z.matmul(w))
      assertClose(z.mean(axis: 0), Array(repeating: 0, count: 100))
      for square in z.squared().mean(axis: 0).scalars {
        XCTAssertEqual(square.squareRoot(), (31.0 / 32).squareRoot(), accuracy: 1e-7)
      }
      z = z.maximum(0)
    }
  }

  func testLayerNormByHandEqualsTheLayer() throws {
    // S32.
    var layer = LayerNorm<Double>(features: 3)
    layer.weight = gamma
    layer.bias = mean
    assertClose(try layer(x), LayerNormByHand.forward(x, gamma: gamma, beta: mean).scalars)
  }

  private func normalized(_ x: Tensor<Double>) -> Tensor<Double> {
    let mean = ByHand.mean(x)
    let variance = ByHand.variance(x, mean: mean)
    return ByHand.normalize(x, mean: mean, variance: variance, epsilon: epsilon)
  }

  private func dVariance(_ dXHat: Tensor<Double>) -> Tensor<Double> {
    ByHand.dVariance(dXHat: dXHat, x: x, mean: mean, variance: variance, epsilon: epsilon)
  }

  private func dMean(_ dXHat: Tensor<Double>) -> Tensor<Double> {
    ByHand.dMean(
      dXHat: dXHat,
      dVariance: dVariance(dXHat),
      x: x,
      mean: mean,
      variance: variance,
      epsilon: epsilon
    )
  }

  private func dInput(_ dXHat: Tensor<Double>) -> Tensor<Double> {
    ByHand.dInput(
      dXHat: dXHat,
      dVariance: dVariance(dXHat),
      dMean: dMean(dXHat),
      x: x,
      mean: mean,
      variance: variance,
      epsilon: epsilon
    )
  }

  private func check(
    at point: Tensor<Double>,
    _ function: @escaping (Tensor<Double>) -> Tensor<Double>,
    _ claimed: @escaping (Tensor<Double>) -> Tensor<Double>,
    file: StaticString = #filePath,
    line: UInt = #line
  ) throws {
    let report = checkGradient(of: function, at: point, claimed: claimed)
    XCTAssertTrue(report.passed, report.explanation, file: file, line: line)
  }
}

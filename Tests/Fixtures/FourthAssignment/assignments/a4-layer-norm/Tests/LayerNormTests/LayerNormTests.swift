import CourseKit
import LayerNorm
import XCTest

/// One sample, two features, everything by hand: `ε = 16`, so that the root comes out whole.
final class LayerNormTests: XCTestCase {
  private let x = Tensor<Double>([[1, 7]])
  private let gamma = Tensor<Double>([2, -1])
  private let beta = Tensor<Double>([1, 3])

  func testForwardByHand() throws {
    expect(try layerMean(x), Tensor([4]), "the mean")
    expect(try layerVariance(x, mean: Tensor([4])), Tensor([9]), "the variance")
    let u = try layerNorm(x, gamma: gamma, beta: beta, epsilon: 16)
    expect(u, Tensor([[-0.2, 2.4]]), "u")
  }

  func testBackwardAgreesWithDifferences() throws {
    var generator = Generator(seed: 1)
    let x: Tensor<Double> = 2 + generator.normal(shape: [3, 5])
    let gamma: Tensor<Double> = generator.normal(shape: [5])
    let report = try checkGradient(
      of: { try layerNorm($0, gamma: gamma, beta: gamma, epsilon: 0.1) },
      at: x,
      named: "dX",
      claimed: { try layerNormBackward(dU: $0, x: x, gamma: gamma, epsilon: 0.1).dX }
    )
    XCTAssert(report.passed, report.explanation)
  }

  private func expect(_ yours: Tensor<Double>, _ byHand: Tensor<Double>, _ what: String) {
    let isRight =
      yours.shape == byHand.shape
      && zip(yours.scalars, byHand.scalars).allSatisfy { abs($0 - $1) < 1e-5 }
    XCTAssert(isRight, "\(what) is \(yours) and should be \(byHand)")
  }
}

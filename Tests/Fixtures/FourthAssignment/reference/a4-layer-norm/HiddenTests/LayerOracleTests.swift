import CourseKit
import XCTest

/// Finite differences of the reference's own forward pass vouch for its gradients.
final class LayerOracleTests: XCTestCase {
  func testDXAgreesWithDifferences() { expect(\.dX, at: \.x) }
  func testDGammaAgreesWithDifferences() { expect(\.dGamma, at: \.gamma) }
  func testDBetaAgreesWithDifferences() { expect(\.dBeta, at: \.beta) }

  private func expect(
    _ gradient: KeyPath<Layer, Tensor<Double>>,
    at input: WritableKeyPath<Layer, Tensor<Double>>
  ) {
    var generator = Generator(seed: 1)
    for layer in Layer.draws(using: &generator) {
      let report = checkGradient(
        of: { value in
          var moved = layer
          moved[keyPath: input] = value
          return (moved.u * layer.dU).sum()
        },
        at: layer[keyPath: input],
        claimed: layer[keyPath: gradient]
      )
      XCTAssert(report.passed, report.explanation)
    }
  }
}

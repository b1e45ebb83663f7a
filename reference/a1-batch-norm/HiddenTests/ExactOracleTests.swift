import CourseKit
import JudgeSupport
import XCTest

/// Vouches for the questions whose answers are zero: they are, in single precision too, and
/// differences are seen there.
final class ExactOracleTests: XCTestCase {
  private static let seeds = 1...50 as ClosedRange<UInt64>

  func testZerosAreZeroInSinglePrecision() {
    for seed in Self.seeds {
      var generator = Generator(seed: seed)
      let exact = ExactBatch(using: &generator)
      expect(exact.zeros(in: exact.batch.gradient(in: Float.self)), .passes, "batch \(seed)")
      expect(exact.zeros(in: exact.batch.gradient(in: Double.self)), .passes, "batch \(seed)")
      expect(exact.zeros(in: exact.batch.dX), .passes, "batch \(seed)")
      for gradient in NetworkGradient.allCases {
        let exact = ExactNetwork(for: gradient, using: &generator)
        let right = gradient.expected(on: exact.network).value
        expect(exact.zeros(in: right), .passes, "\(gradient) \(seed)")
        // Single precision holds what the network is given.
        let network = exact.network
        for tensor in [network.x, network.w1, network.w2, network.target, network.layer.beta] {
          XCTAssertEqual(tensor, tensor.map { Double(Float($0)) })
        }
      }
    }
  }

  func testTwinsHaveOneGradient() {
    for seed in Self.seeds {
      var generator = Generator(seed: seed)
      let twins = TwinBatch(using: &generator)
      expect(twins.zeros(in: twins.batch.gradient(in: Float.self)), .passes, "batch \(seed)")
      expect(twins.zeros(in: twins.batch.dX), .passes, "batch \(seed)")
      for gradient in NetworkGradient.allCases {
        let twins = TwinNetwork(for: gradient, using: &generator)
        let right = gradient.expected(on: twins.network).value
        expect(twins.zeros(in: right), .passes, "\(gradient) \(seed)")
      }
    }
  }

  /// Each column has a step of its own, and two of them are extrapolated.
  func testDifferencesAreSeen() {
    for seed in Self.seeds {
      var generator = Generator(seed: seed)
      let (exact, twins) = (
        (0..<3).map { _ in ExactBatch(using: &generator) },
        (0..<3).map { _ in TwinBatch(using: &generator) }
      )
      expect(exact.flatMap { $0.zeros(in: $0.batch.differences) ?? [] }, .fails, "\(seed)")
      expect(twins.flatMap { $0.zeros(in: $0.batch.differences) ?? [] }, .fails, "\(seed)")
    }
  }

  func testAnotherShapeHasNoZeros() {
    var generator = Generator(seed: 1)
    let (exact, twins) = (ExactBatch(using: &generator), TwinBatch(using: &generator))
    for shape in [[], [0], [5], [8, 0], [5, 8], [8, 5, 1]] {
      let answer = Tensor<Double>.zeros(shape: shape)
      XCTAssertNil(exact.zeros(in: answer))
      XCTAssertNil(twins.zeros(in: answer))
    }
  }

  private func expect(_ zeros: [ExactZero]?, _ outcome: Probe.Outcome, _ name: String) {
    let outcomes = zeros?.map(\.outcome) ?? []
    XCTAssertFalse(outcomes.isEmpty, name)
    switch outcome {
    case .passes: XCTAssert(outcomes.allSatisfy { $0 == .passes }, "\(name): \(outcomes)")
    default: XCTAssert(outcomes.contains(outcome), "\(name): \(outcomes)")
    }
  }
}

extension Batch {
  /// The gradient by the closed form, column by column, in some precision.
  fileprivate func gradient<Number: BinaryFloatingPoint>(in type: Number.Type) -> Tensor<Double> {
    columns { x, dU, gamma in
      let (x, dXHat) = (x.map { Number($0) }, dU.map { Number(gamma) * Number($0) })
      let n = Number(x.count)
      let mean = x.reduce(0, +) / n
      let variance = x.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / n
      let root = (variance + Number(epsilon)).squareRoot()
      let xHat = x.map { ($0 - mean) / root }
      let along = zip(dXHat, xHat).map { $0 * $1 }.reduce(0, +) / n
      let level = dXHat.reduce(0, +) / n
      return zip(dXHat, xHat).map { Double(($0 - level - $1 * along) / root) }
    }
  }

  /// The gradient by extrapolated differences of each column's own loss.
  fileprivate var differences: Tensor<Double> {
    columns { x, dU, gamma in
      func loss(_ place: Int, _ step: Double) -> Double {
        var x = x
        x[place] += step
        let mean = x.reduce(0, +) / Double(x.count)
        let variance = x.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(x.count)
        let root = (variance + epsilon).squareRoot()
        return zip(x, dU).map { gamma * ($0 - mean) / root * $1 }.reduce(0, +)
      }
      let step = 1e-3 * epsilon.squareRoot()
      func quotient(_ place: Int, _ step: Double) -> Double {
        (loss(place, step) - loss(place, -step)) / (2 * step)
      }
      return x.indices.map { (4 * quotient($0, step / 2) - quotient($0, step)) / 3 }
    }
  }

  private func columns(
    _ gradient: (_ x: [Double], _ dU: [Double], _ gamma: Double) -> [Double]
  ) -> Tensor<Double> {
    var dX = x
    for j in gamma.scalars.indices {
      let rows = 0..<x.shape[0]
      let column = gradient(rows.map { x[$0, j] }, rows.map { dU[$0, j] }, gamma[j])
      for i in rows { dX[i, j] = column[i] }
    }
    return dX
  }
}

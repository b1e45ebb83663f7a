import BatchNormTask
import CourseKit
import JudgeEvents
import JudgeSupport
import XCTest

/// Inputs on which finite differences betray themselves, and no derivative does.
///
/// Powers of two are exact, so a derivative scales bit for bit; a fixed step does not scale, and a
/// step relative to the whole input drowns a column whose gradient is tiny.
struct Probe {
  var name: String
  /// The errors of three instances, in units of the tensor's scale.
  var errors: () throws -> [Double]
}

extension BatchNormCase {
  /// More than any derivative errs: right code stays below 1e-5, differences above 3e-3.
  private static var largestError: Double { 1e-3 }

  /// Withholds the points of a function that two probes find to be differenced, and flags one that
  /// a single probe does.
  func judgeDerivation(of function: String, probes: [Probe]) {
    let failed = probes.filter { probe in
      (try? probe.errors())?.allSatisfy { !($0 <= Self.largestError) } ?? false
    }
    switch failed.count {
    case 0: return
    case 1: flag("\(function): the probe `\(failed[0].name)` fails: derived or differenced?")
    default:
      tell(.differenced(function: function))
      XCTFail("\(function): differenced, by the probes \(failed.map(\.name))")
    }
  }

  /// For a function that returns `dX`: `ask` calls it on a batch with this upstream gradient.
  func inputProbes(
    using generator: inout Generator,
    ask: @escaping (Batch, _ dU: Tensor<Double>) throws -> Tensor<Double>
  ) -> [Probe] {
    let graded = Self.batches(scale: 1, using: &generator)
    return [
      Probe(name: "graded") { try graded.map { try $0.gradedError(ask: ask) } },
      scaledProbe("small", Self.batches(scale: 0x1p-26, using: &generator), ask: ask),
      scaledProbe("large", Self.batches(scale: 0x1p40, using: &generator), ask: ask),
    ]
  }

  func networkProbes(using generator: inout Generator) -> [Probe] {
    let scales = [("small", 0x1p-26), ("large", 0x1p40)]
    return scales.map { name, scale in
      let networks = [(6, 3, 4, 2), (5, 2, 3, 4), (7, 4, 2, 3)].map { n, d, h, k in
        Network(n, d, h, k, scale: scale, using: &generator)
      }
      return Probe(name: name) { [self] in
        try networks.map { try ask($0).dW1.error(from: $0.expected.dW1) }
      }
    }
  }

  private static func batches(scale: Double, using generator: inout Generator) -> [Batch] {
    [(6, 3), (5, 4), (9, 2)].map { n, d in Batch(n, d, scale: scale, using: &generator) }
  }

  private func scaledProbe(
    _ name: String,
    _ batches: [Batch],
    ask: @escaping (Batch, _ dU: Tensor<Double>) throws -> Tensor<Double>
  ) -> Probe {
    Probe(name: name) { try batches.map { try ask($0, $0.dU).error(from: $0.expectedDX) } }
  }
}

extension Batch {
  /// The error of the first column, whose upstream gradient is made tiny.
  fileprivate func gradedError(
    ask: (Batch, _ dU: Tensor<Double>) throws -> Tensor<Double>
  ) throws -> Double {
    let factor = 0x1p-40
    var graded = dU
    for i in 0..<graded.shape[0] { graded[i, 0] *= factor }
    let yours = try ask(self, graded)
    guard yours.shape == x.shape else { return .infinity }
    let expected = Expected(
      "dX",
      dX.column(0) * factor,
      terms: (dXHat / root).column(0).absolute * factor
    )
    return yours.column(0).error(from: expected)
  }
}

extension Tensor where Scalar == Double {
  fileprivate func column(_ j: Int) -> Tensor {
    Tensor((0..<shape[0]).map { self[$0, j] })
  }

  /// The largest error in units of the expected tensor's scale, NaN if there is one; infinite for
  /// another shape.
  fileprivate func error(from expected: Expected) -> Double {
    guard shape == expected.value.shape else { return .infinity }
    let errors = zip(scalars, expected.value.scalars).map { abs($0 - $1) / expected.scale }
    return errors.reduce(0) { $0.isNaN || $1 <= $0 ? $0 : $1 }
  }
}

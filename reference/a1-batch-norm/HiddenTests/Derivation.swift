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

  func backwardProbes(using generator: inout Generator) -> [Probe] {
    let graded = Self.batches(scale: 1, using: &generator)
    return [
      Probe(name: "graded") { [self] in
        try graded.map { batch in try gradedError(of: batch) }
      },
      scaledProbe("small", Self.batches(scale: 0x1p-26, using: &generator)),
      scaledProbe("large", Self.batches(scale: 0x1p40, using: &generator)),
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

  private func scaledProbe(_ name: String, _ batches: [Batch]) -> Probe {
    Probe(name: name) { [self] in
      try batches.map { batch in
        try subject(BatchNormTask.backward, batch.dU, batch.x, batch.gamma, batch.epsilon).dX
          .error(from: batch.expectedDX)
      }
    }
  }

  /// The error of the first column, whose upstream gradient is made tiny.
  private func gradedError(of batch: Batch) throws -> Double {
    let factor = 0x1p-40
    var dU = batch.dU
    for i in 0..<dU.shape[0] { dU[i, 0] *= factor }
    let dX = try subject(BatchNormTask.backward, dU, batch.x, batch.gamma, batch.epsilon).dX
    guard dX.shape == batch.x.shape else { return .infinity }
    let expected = Expected(
      "dX",
      batch.dX.column(0) * factor,
      terms: (batch.dXHat / batch.root).column(0).absolute * factor
    )
    return dX.column(0).error(from: expected)
  }
}

extension Tensor where Scalar == Double {
  fileprivate func column(_ j: Int) -> Tensor {
    Tensor((0..<shape[0]).map { self[$0, j] })
  }

  /// The largest error in units of the expected tensor's scale; infinite for another shape.
  fileprivate func error(from expected: Expected) -> Double {
    guard shape == expected.value.shape else { return .infinity }
    let errors = zip(scalars, expected.value.scalars).map { abs($0 - $1) / expected.scale }
    return errors.reduce(0) { $1 <= $0 ? $0 : $1 }
  }
}

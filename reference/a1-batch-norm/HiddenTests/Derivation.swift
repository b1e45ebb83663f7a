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
  /// The right answers on three instances.
  var expected: [Expected]
  /// The function's answers on them.
  var answers: () throws -> [Tensor<Double>]

  /// More than any derivative errs: right code stays below 1e-5, differences above 3e-3.
  private static var largestError: Double { 1e-3 }

  /// True if every instance is wrong, and by numbers: infinities are the end of `Float`, which
  /// differences do not come to.
  fileprivate var fails: Bool {
    guard let answers = try? answers(),
      answers.allSatisfy({ $0.scalars.allSatisfy(\.isFinite) })
    else { return false }
    return zip(answers, expected).allSatisfy { !($0.error(from: $1) <= Self.largestError) }
  }
}

extension BatchNormCase {
  /// Withholds the points of a function that two probes find to be differenced, and says so; flags
  /// one that a single probe does.
  ///
  /// `compositions` are, for a chain, the same probes of what the judge composes from the student's
  /// own steps: if the answers are the same, it is a step that is differenced, and the chain
  /// carries it.
  func judgeDerivation(
    of function: String,
    _ what: String? = nil,
    probes: [Probe],
    compositions: [[Probe]] = []
  ) -> Bool {
    // The first two questions are about values.
    let question = 2
    if isComposing {
      let routes = compositions.map { probes in { (index: Int) in try probes[index].answers() } }
      compose(routes, question: question, on: Array(probes.indices))
      return false
    }
    let failed = probes.filter(\.fails)
    switch failed.count {
    case 0: return false
    case 1: flag("\(function): the probe `\(failed[0].name)` fails: derived or differenced?")
    default:
      tell(.differenced(function: function, what: what))
      XCTFail("\(function): differenced, by the probes \(failed.map(\.name))")
    }
    guard failed.count > 1, !compositions.isEmpty else { return failed.count > 1 }
    beginChain(question: question)
    for probe in probes {
      let limits = probe.expected.map { $0.scale * Self.tolerance }
      _ = try? keepingChain(limits: limits) { try probe.answers() }
    }
    return true
  }

  /// For a function that returns `dX`: `ask` calls it on a batch with this upstream gradient.
  func inputProbes(
    using generator: inout Generator,
    ask: @escaping (Batch, _ dU: Tensor<Double>) throws -> Tensor<Double>
  ) -> [Probe] {
    let graded = Self.batches(scale: 1, using: &generator)
    return [
      Probe(name: "graded", expected: graded.map(\.expectedGraded)) {
        try graded.map { batch in
          let yours = try ask(batch, batch.gradedDU)
          return yours.shape == batch.x.shape ? yours.column(0) : yours
        }
      },
      scaledProbe("small", Self.batches(scale: 0x1p-26, using: &generator), ask: ask),
      scaledProbe("large", Self.batches(scale: 0x1p40, using: &generator), ask: ask),
    ]
  }

  /// For one gradient of the small network, on networks in which what it belongs to is `scaled`.
  func networkProbes(
    using generator: inout Generator,
    scaled: (Network, _ scale: Double) -> Network,
    expect: (Network) -> Expected,
    ask: @escaping (Network) throws -> Tensor<Double>
  ) -> [Probe] {
    let sizes = [(6, 3, 4, 2), (5, 2, 3, 4), (7, 4, 2, 3)]
    return [("small", 0x1p-26), ("large", 0x1p40)].map { name, scale in
      let networks = sizes.map { n, d, h, k in
        scaled(Network(n, d, h, k, using: &generator), scale)
      }
      return Probe(name: name, expected: networks.map(expect)) { try networks.map(ask) }
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
    Probe(name: name, expected: batches.map(\.expectedDX)) {
      try batches.map { try ask($0, $0.dU) }
    }
  }
}

extension Network {
  /// The same activations, with another scale of what batch norm gets.
  func scalingW1(by scale: Double) -> Network {
    let epsilon = layer.epsilon * scale * scale
    let layer = Layer(gamma: layer.gamma, beta: layer.beta, epsilon: epsilon)
    return Network(x: x, w1: w1 * scale, w2: w2, target: target, layer: layer)
  }

  /// The same output, with another scale of what batch norm gives.
  func scalingGammaAndBeta(by scale: Double) -> Network {
    let (gamma, beta) = (layer.gamma * scale, layer.beta * scale)
    let layer = Layer(gamma: gamma, beta: beta, epsilon: layer.epsilon)
    return Network(x: x, w1: w1, w2: w2 / scale, target: target, layer: layer)
  }
}

extension Batch {
  /// The factor that makes the first column's upstream gradient tiny.
  private static var factor: Double { 0x1p-40 }

  fileprivate var gradedDU: Tensor<Double> {
    var graded = dU
    for i in 0..<graded.shape[0] { graded[i, 0] *= Self.factor }
    return graded
  }

  /// The first column of `dX`, with that upstream gradient.
  fileprivate var expectedGraded: Expected {
    Expected(
      "dX",
      dX.column(0) * Self.factor,
      terms: (dXHat / root).column(0).absolute * Self.factor
    )
  }
}

extension Tensor where Scalar == Double {
  fileprivate func column(_ j: Int) -> Tensor {
    Tensor((0..<shape[0]).map { self[$0, j] })
  }
}

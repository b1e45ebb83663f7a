import CourseKit
import JudgeEvents
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

/// A question whose answer tells a derived gradient from one made of differences.
///
/// Accuracy cannot tell: good differences are as exact as single precision. But a product of powers
/// of two is exact, so code that follows formulas scales bit for bit, whatever its algebra and
/// order, and it gets the gradient of a tiny probability as exactly as that of a large one. A
/// difference quotient has a step that does not scale, and loses the small beside the large.
enum Probe {
  /// One class, which no sample belongs to, gets a bias lower by 28: its column of `tensor` must
  /// still be right.
  case graded
  /// Parameters times powers of two, which leave the output as it is; the gradient must scale back.
  case scaled(by: Double, layers: Layers)

  /// The layers that are multiplied; `w3` is divided.
  enum Layers {
    /// `w1`, `b1` and `b2`.
    case bothHidden
    /// `w2` and `b2`.
    case secondHidden
  }

  /// The probes that a tensor can fail.
  static func probes(for tensor: KeyPath<Parameters, Tensor<Double>>) -> [Probe] {
    let sizes = [0x1p-40, 0x1p40]
    let both = sizes.map { Probe.scaled(by: $0, layers: .bothHidden) }
    let second = sizes.map { Probe.scaled(by: $0, layers: .secondHidden) }
    switch tensor {
    case \.w3: return [.graded] + both + second
    case \.b3: return [.graded]
    case \.w2: return second
    case \.b2: return both + second
    default: return both
    }
  }

  var name: String {
    switch self {
    case .graded: "graded"
    case .scaled(let s, let layers): "\(layers) times \(s)"
    }
  }

  /// The error of the answer, in units of the gradient.
  func error(
    of tensor: KeyPath<Parameters, Tensor<Double>>,
    on network: Network,
    ask: (Network) throws -> Parameters
  ) throws -> Double {
    switch self {
    case .graded:
      let graded = network.graded(by: 28)
      let yours = try ask(graded)[keyPath: tensor]
      let right = graded.gradients[keyPath: tensor]
      guard yours.shape == right.shape else { return .infinity }
      let terms = graded.ofFirstClass(graded.gradientTerms[keyPath: tensor])
      return (graded.ofFirstClass(yours) - graded.ofFirstClass(right)).largest / terms.largest
    case .scaled(let s, let layers):
      let factors = layers.factors(s)
      let base = try ask(network)[keyPath: tensor]
      let answer = try ask(network.replacing(network.p.times(factors)))[keyPath: tensor]
      // What is twice as large changes the loss half as fast.
      guard answer.shape == base.shape else { return .infinity }
      let back = answer * factors[keyPath: tensor][0]
      return (back - base).largest / network.gradientTerms[keyPath: tensor].largest
    }
  }
}

extension TwoHiddenLayersCase {
  /// More than any derivative errs: right code stays below 1e-5, differences above 3e-3.
  private static var largestError: Double { 1e-3 }

  /// Judges a gradient further that is right on `ordinary` numbers: by probes, if it errs as
  /// differences do, and on numbers of other sizes.
  ///
  /// A threshold or a mask fails probes too, but is as exact as a formula where it does not bite:
  /// its answers are told as wrong, and if none is, staff is told of the probes.
  ///
  /// - Parameters:
  ///   - ordinary: What is known of it.
  ///   - isDerived: Asks the probes; what they find withholds points, or else is a flag.
  ///   - wide: Judges on numbers that single precision holds.
  ///   - extreme: Judges on numbers that only double precision holds.
  /// - Throws: What these throw.
  func judgeGradient(
    _ ordinary: Judged,
    isDerived: (_ withholds: Bool) throws -> Bool,
    wide: () throws -> Judged,
    extreme: () throws -> Judged
  ) throws {
    guard ordinary.isRight else { return }
    if isComposing || ordinary.mayBeDifferenced {
      guard try isDerived(true) else { return }
    } else {
      // The questions that follow keep their numbers.
      beginChain()
      forgetChain()
    }
    guard try wide().isRight else { return }
    if ordinary.isDouble {
      guard try extreme().isRight else { return }
    }
    if !isComposing, !ordinary.mayBeDifferenced { _ = try isDerived(false) }
  }

  /// Withholds the points of a gradient that two probes find to be differenced, and flags one that
  /// a single probe does; says whether it keeps the points.
  ///
  /// A probe fails if it fails on all networks.
  func judgeDerivation(
    of tensor: KeyPath<Parameters, Tensor<Double>>,
    _ name: String,
    on networks: [Network],
    withholds: Bool,
    ask: @escaping (Network) throws -> Parameters
  ) throws -> Bool {
    let probes = Probe.probes(for: tensor)
    func failing(_ ask: @escaping (Network) throws -> Parameters) throws -> [String] {
      try self.failing(
        probes.map { probe in
          (probe.name, { try probe.error(of: tensor, on: $0, ask: ask) })
        },
        on: networks
      )
    }
    // The step that is differenced pays for it: what counts is that the answers are differences.
    func answer(_ failed: [String]) -> [Tensor<Double>] {
      [Tensor<Double>([Self.areDifferences(failed) ? 1 : 0])]
    }
    if isComposing {
      compose(
        backwardCompositions.map { composition in
          { (_: String) in answer(try failing(composition)) }
        },
        on: [name]
      )
      return true
    }
    let failed = try failing(ask)
    guard withholds else { return !report(failed, of: name, in: "backward", withholds: false) }
    beginChain()
    guard report(failed, of: name, in: "backward", withholds: true) else {
      forgetChain()
      return true
    }
    _ = try keepingChain { answer(failed) }
    return false
  }

  /// The same for a step, by the errors of its answers to some questions.
  func judgeDerivation<Instance>(
    of name: String,
    in function: String,
    on instances: [Instance],
    withholds: Bool,
    probes: [(name: String, error: (Instance) throws -> Double)]
  ) throws -> Bool {
    !report(try failing(probes, on: instances), of: name, in: function, withholds: withholds)
  }

  /// The probes that fail on all instances.
  private func failing<Instance>(
    _ probes: [(name: String, error: (Instance) throws -> Double)],
    on instances: [Instance]
  ) throws -> [String] {
    try probes.filter { probe in
      try instances.allSatisfy { !(try probe.error($0) <= Self.largestError) }
    }.map(\.name)
  }

  private static func areDifferences(_ failed: [String]) -> Bool { failed.count > 1 }

  /// Says what the probes that failed mean, and whether they withhold points.
  private func report(
    _ failed: [String],
    of name: String,
    in function: String,
    withholds: Bool
  ) -> Bool {
    guard let first = failed.first else { return false }
    if withholds, Self.areDifferences(failed) {
      tell(.differenced(function: function, what: name))
      XCTFail("\(name): differenced, by the probes \(failed)")
      return true
    }
    let probes = failed.count == 1 ? "probe `\(first)` fails" : "probes \(failed) fail"
    flag("\(name): the \(probes): derived or differenced?")
    return false
  }

  /// The error of a part of a step's answer, in units of that part's largest entry.
  ///
  /// An overflow is no difference: what is not finite says nothing.
  func distance(
    _ yours: Tensor<Double>,
    _ right: Tensor<Double>,
    in part: (Tensor<Double>) -> Tensor<Double>
  ) -> Double {
    guard yours.shape == right.shape else { return .infinity }
    let (yours, right) = (part(yours), part(right))
    guard yours.scalars.allSatisfy(\.isFinite) else { return 0 }
    return (yours - right).largest / right.largest
  }
}

extension Probe.Layers {
  /// The factor of each tensor.
  fileprivate func factors(_ s: Double) -> Parameters {
    let (one, many, few) = (Tensor([1.0]), Tensor([s]), Tensor([1 / s]))
    switch self {
    case .bothHidden:
      return Parameters(w1: many, b1: many, w2: one, b2: many, w3: few, b3: one)
    case .secondHidden:
      return Parameters(w1: one, b1: one, w2: many, b2: many, w3: few, b3: one)
    }
  }
}

extension Parameters {
  fileprivate func times(_ factors: Parameters) -> Parameters {
    Parameters(
      w1: w1 * factors.w1,
      b1: b1 * factors.b1,
      w2: w2 * factors.w2,
      b2: b2 * factors.b2,
      w3: w3 * factors.w3,
      b3: b3 * factors.b3
    )
  }
}

extension Network {
  /// The first class has a tiny probability everywhere, and no sample belongs to it.
  func graded(by gap: Double) -> Network {
    var p = p
    p.b3[0] -= gap
    return replacing(p, labels: labels.map { max($0, 1) })
  }

  /// The entries of a gradient of the output layer that belong to the first class; all that has
  /// another shape than one of these.
  func ofFirstClass(_ tensor: Tensor<Double>) -> Tensor<Double> {
    let k = p.b3.count
    guard [p.w3.shape, p.b3.shape].contains(tensor.shape) else { return tensor }
    return tensor.reshaped(tensor.count / k, k).firstColumn
  }
}

extension Tensor where Scalar == Double {
  var firstRow: Tensor { row(0) }

  var firstColumn: Tensor { transposed().row(0) }

  var withoutFirstRow: Tensor {
    Tensor(shape: [shape[0] - 1, shape[1]], scalars: Array(scalars.dropFirst(shape[1])))
  }
}

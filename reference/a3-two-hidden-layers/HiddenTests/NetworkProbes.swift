import CourseKit
import JudgeSupport
import TwoHiddenLayersTask

/// The way to one of the six parameters, or to its gradient.
typealias NetworkTensor = KeyPath<Parameters, Tensor<Double>>

/// The probes that one tensor of `backward` can fail.
struct NetworkProbes {
  /// Asks for all six gradients of a network.
  typealias Ask = (Network) throws -> Parameters

  private let tensor: NetworkTensor
  private let loud, nearKinks, withZeros, withTwins: [Network]

  /// Draws their networks.
  ///
  /// A probe about values fails if both answers do, one about exact numbers if one does.
  init(of tensor: NetworkTensor, using generator: inout Generator) {
    self.tensor = tensor
    loud = (0..<2).map { _ in Network(7, 3, 5, 4, 6, using: &generator) }
    withZeros = (0..<3).map { _ in .withZeros(using: &generator) }
    withTwins = (0..<3).map { _ in .withTwins(using: &generator) }
    let layer = Self.layer(of: tensor)
    nearKinks =
      layer.map { layer in
        (0..<2).map { _ in .nearKinks(in: layer, using: &generator) }
      } ?? []
  }

  /// The hidden layer of the tensor; nil for the output's.
  private static func layer(of tensor: NetworkTensor) -> Network.HiddenLayer? {
    switch tensor {
    case \.w1, \.b1: .first
    case \.w2, \.b2: .second
    default: nil
    }
  }

  /// The probes.
  func all(_ ask: @escaping Ask) -> [Probe] {
    var probes = [zeros(ask), twins(ask)] + scaled(ask)
    if let layer = Self.layer(of: tensor) {
      let graded = loud.map { $0.withGradedUnit(in: layer) }
      probes.append(values("graded unit", on: graded, in: { $1.ofFirstUnit }, ask))
      probes.append(values("kinks", on: nearKinks, ask))
    } else {
      let graded = loud.map { $0.graded(by: 28) }
      probes.append(values("graded", on: graded, in: { $0.ofFirstClass($1) }, ask))
    }
    return probes
  }

  /// Tells whether the probes find a `backward` differenced that is put together from steps.
  ///
  /// - Throws: What the steps throw, or what ends them.
  func isDifferenced(_ composition: @escaping Ask) throws -> Bool {
    var end: (any Error)?
    let verdict = Probe.verdict(
      of: all {
        do {
          return try composition($0)
        } catch {
          end = error
          throw error
        }
      }
    )
    if let end { throw end }
    if case .differenced = verdict { return true }
    return false
  }

  private func zeros(_ ask: @escaping Ask) -> Probe {
    exact("zero entries", on: withZeros, ask) { answer, unit in
      answer.scalars.prefix(Network.zeros(in: tensor)).map { ExactZero($0, unit: unit) }
    }
  }

  private func twins(_ ask: @escaping Ask) -> Probe {
    exact("twins", on: withTwins, ask) { answer, unit in
      Network.twins(in: answer).map { ExactZero($0, minus: $1, unit: unit) }
    }
  }

  private func exact(
    _ name: String,
    on networks: [Network],
    _ ask: @escaping Ask,
    zeros: @escaping (_ answer: Tensor<Double>, _ unit: Double) -> [ExactZero]
  ) -> Probe {
    let right = networks.map {
      Expected(name, $0.gradients[keyPath: tensor], terms: $0.gradientTerms[keyPath: tensor])
    }
    return Probe(name) { answers in
      guard zip(answers, right).allSatisfy({ $1.isNear($0) }) else { return nil }
      return zip(answers, right).flatMap { zeros($0, $1.scale) }
    } answers: {
      try networks.map { try ask($0)[keyPath: tensor] }
    }
  }

  /// Parameters times powers of two, which leave the output as it is; the gradient scales back.
  private func scaled(_ ask: @escaping Ask) -> [Probe] {
    Scaling.of(tensor).flatMap { scaling in
      [(0x1p-40, 0x1p-18), (0x1p40, 0x1p18)].map { far, near in
        func probe(_ s: Double, again: (() -> Probe)? = nil) -> Probe {
          let networks = loud.map { $0.replacing(scaling.scale($0.p, by: s)) }
          return values("\(scaling) times \(s)", on: networks, again: again, ask)
        }
        return probe(far, again: { probe(near) })
      }
    }
  }

  private func values(
    _ name: String,
    on networks: [Network],
    again: (() -> Probe)? = nil,
    in part: @escaping (Network, Tensor<Double>) -> Tensor<Double> = { $1 },
    _ ask: @escaping Ask
  ) -> Probe {
    let right = networks.map { part($0, $0.gradients[keyPath: tensor]) }
    let units = networks.map { part($0, $0.gradientTerms[keyPath: tensor]).largest }
    return Probe(name, right: Array(zip(right, units)), again: again) {
      try networks.map { network in
        let yours = try ask(network)[keyPath: tensor]
        return yours.shape == network.p[keyPath: tensor].shape ? part(network, yours) : yours
      }
    }
  }
}

/// The layers that are multiplied by a power of two; `w3` is divided.
private enum Scaling {
  /// `w1`, `b1` and `b2`.
  case bothHidden
  /// `w2` and `b2`.
  case secondHidden

  /// Those that change the size of a tensor's gradient.
  static func of(_ tensor: NetworkTensor) -> [Scaling] {
    switch tensor {
    case \.w3, \.b2: [.bothHidden, .secondHidden]
    case \.w2: [.secondHidden]
    case \.b3: []
    default: [.bothHidden]
    }
  }

  func scale(_ p: Parameters, by s: Double) -> Parameters {
    var p = p
    switch self {
    case .bothHidden: (p.w1, p.b1) = (s * p.w1, s * p.b1)
    case .secondHidden: p.w2 *= s
    }
    (p.b2, p.w3) = (s * p.b2, p.w3 / s)
    return p
  }
}

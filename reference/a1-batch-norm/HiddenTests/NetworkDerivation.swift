import BatchNormTask
import CourseKit
import JudgeSupport

extension BatchNormCase {
  /// For one gradient of the small network; `scaled` gives networks another scale of what it
  /// belongs to.
  func networkProbes(
    of gradient: NetworkGradient,
    using generator: inout Generator,
    scaled: ((Network, _ scale: Double) -> Network)?,
    ask: @escaping (Network) throws -> Tensor<Double>
  ) -> [Probe] {
    let sizes = [(6, 3, 4, 2), (5, 2, 3, 4), (7, 4, 2, 3)]
    func probe(_ name: String, _ networks: [Network], again: (() -> Probe)? = nil) -> Probe {
      let right = networks.map { gradient.expected(on: $0).right }
      return Probe(name, right: right, again: again) { try networks.map(ask) }
    }
    func networks(_ scale: Double) -> [Network] {
      sizes.compactMap { n, d, h, k in scaled?(Network(n, d, h, k, using: &generator), scale) }
    }
    var probes: [Probe] = []
    if scaled != nil {
      for (name, scale, gentle) in Self.scales {
        let (scaled, again) = (networks(scale), networks(gentle))
        probes.append(probe(name, scaled, again: { probe(name, again) }))
      }
    }
    let faint = sizes.map { n, d, h, k in
      Network.withFaintUnit(for: gradient, n, d, h, k, using: &generator)
    }
    probes.append(faintProbe(of: gradient, on: faint, ask: ask))
    let exact = (0..<3).map { _ in ExactNetwork(for: gradient, using: &generator) }
    let twins = (0..<3).map { _ in TwinNetwork(for: gradient, using: &generator) }
    return probes + [
      Probe("zeros", of: exact) { try ask($0.network) },
      Probe("twins", of: twins) { try ask($0.network) },
    ]
  }

  /// The gradients of a unit that has hardly a say in the output, in their own size.
  private func faintProbe(
    of gradient: NetworkGradient,
    on networks: [Network],
    ask: @escaping (Network) throws -> Tensor<Double>
  ) -> Probe {
    let expected = networks.map(gradient.expected)
    let right = expected.map { expected in
      (
        value: gradient.entries(of: 0, in: expected.value),
        unit: gradient.entries(of: 0, in: expected.terms).scalars.max() ?? 0
      )
    }
    return Probe("graded", right: right) {
      try zip(networks, expected).map { network, expected in
        let yours = try ask(network)
        guard yours.shape == expected.value.shape else { return yours }
        return gradient.entries(of: 0, in: yours)
      }
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

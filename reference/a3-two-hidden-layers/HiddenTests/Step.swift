import CourseKit
import TwoHiddenLayersTask

/// One step of gradient descent.
struct Step: Exchanging {
  let p, g: Parameters
  let rate: Double
  var exchanged: String?

  /// Parameters and gradients of all sizes, and rates that make the step about as large as what it
  /// moves: what is done to either on the way shows.
  static func draws(using generator: inout Generator) -> [Step] {
    let networks = Network.draws(using: &generator) + Network.wideDraws(using: &generator)
    let rates = [0.3, 0.05, 64, 0x1p-60, 0x1p60, 0.125, 0.8, 0x1p-10, 0.5, 0.2]
    let draws = networks.enumerated().map { index, network in
      let rate = generator.uniform(in: 0.8...1) * rates[index % rates.count]
      return Step(network.p, rate: rate, using: &generator)
    }
    let other = Network(7, 3, 5, 4, 6, using: &generator)
    let path = draws[0].path(to: Step(other.p, rate: 0.7, using: &generator))
    return [draws[0]] + path + draws.dropFirst() + innerPath(using: &generator)
      + plainDraws(using: &generator)
  }

  /// Rates, gradients and parameters that double precision holds.
  static func extremeDraws(using generator: inout Generator) -> [Step] {
    let networks = Network.wideDraws(.double, using: &generator)
    return zip(networks, [0x1p-200, 0x1p200, 0.3]).map {
      Step($0.p, rate: $1, using: &generator)
    }
  }

  private init(_ p: Parameters, rate: Double, using generator: inout Generator) {
    self.p = p
    self.rate = rate
    g = p.map {
      // Biases of zero move all the same.
      let size = $0.largest > 0 ? $0.largest : 1
      return 2 / rate * size * generator.normal(shape: $0.shape)
    }
  }

  init(p: Parameters, g: Parameters, rate: Double) {
    (self.p, self.g, self.rate) = (p, g, rate)
  }

  /// The arguments exchanged one after another for those of another step of these sizes.
  private func path(to other: Step) -> [Step] {
    var (p, g) = (p, g)
    var path = [Step(p: p, g: g, rate: other.rate).exchanging("learning rate")]
    for (name, tensor) in Parameters.paths {
      g[keyPath: tensor] = other.g[keyPath: tensor]
      path.append(Step(p: p, g: g, rate: other.rate).exchanging("g.\(name)"))
    }
    for (name, tensor) in Parameters.paths {
      p[keyPath: tensor] = other.p[keyPath: tensor]
      path.append(Step(p: p, g: g, rate: other.rate).exchanging("p.\(name)"))
    }
    return path
  }

  /// The six tensors after the step.
  var expected: [Expected] {
    let right = p.moved(by: -rate, along: g)
    let terms = p.absolute.moved(by: rate, along: g.absolute)
    return zip(right.tensors, terms.tensors).map {
      Expected("\($0.name) after the step", $0.value, terms: $1.value)
    }
  }
}

extension Step: Shared {
  func arguments(using generator: inout Generator) -> Arguments {
    let sizes = p.sizes
    var arguments = Arguments(6, sizes, using: &generator)
    (arguments.p, arguments.g, arguments.rate) = (p, g, rate)
    return arguments
  }

  var parts: [Arguments.Part] { [.g, .rate] + Arguments.Part.parameters }
}

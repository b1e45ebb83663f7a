import CourseKit
import TwoHiddenLayersTask

/// One step of gradient descent.
struct Step {
  let p, g: Parameters
  let rate: Double

  /// Parameters and gradients of all sizes, and rates that make the step about as large as what it
  /// moves: what is done to either on the way shows.
  static func draws(using generator: inout Generator) -> [Step] {
    let networks = Network.draws(using: &generator) + Network.wideDraws(using: &generator)
    let rates = [0.3, 0.05, 64, 0x1p-40, 0x1p40, 0.125, 0.8, 0x1p-10, 0.5, 0.2]
    return networks.enumerated().map { index, network in
      let rate = rates[index % rates.count]
      let g = network.p.map { 2 / rate * $0.largest * generator.normal(shape: $0.shape) }
      return Step(p: network.p, g: g, rate: rate)
    }
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
    let sizes = [p.w1.shape[0], p.b1.count, p.b2.count, p.b3.count]
    var arguments = Arguments(6, sizes, using: &generator)
    (arguments.p, arguments.g) = (p, g)
    return arguments
  }
}

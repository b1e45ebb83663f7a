import CourseKit
import TwoHiddenLayersTask

/// Arguments for all functions at once.
struct Arguments {
  var x, z, dZ, logits: Tensor<Double>
  var labels: [Int]
  var p, g: Parameters
  var rate: Double

  /// Draws some; `sizes` are those of a network, and `z` and `dZ` belong to its first layer.
  init(_ n: Int, _ sizes: [Int], using generator: inout Generator) {
    x = generator.samples(n, sizes[0])
    z = generator.normal(shape: [n, sizes[1]])
    dZ = generator.normal(shape: [n, sizes[1]])
    logits = generator.normal(shape: [n, sizes[3]])
    labels = generator.labels(n, classes: sizes[3])
    p = Network.parameters(sizes, using: &generator)
    g = p.map { generator.normal(shape: $0.shape) }
    rate = generator.uniform(in: 0.1...0.4)
  }

  /// Others of the same shapes.
  func others(using generator: inout Generator) -> Arguments {
    let sizes = p.sizes
    return Arguments(labels.count, sizes, using: &generator)
  }

  /// An argument of some function, or a tensor of one.
  enum Part {
    case x, z, dZ, logits, labels, w1, b1, w2, b2, w3, b3, g, rate

    /// The six parameters.
    static let parameters: [Part] = [.w1, .b1, .w2, .b2, .w3, .b3]
  }

  /// The same but for one part, which is another's.
  func with(_ part: Part, of other: Arguments) -> Arguments {
    var mixture = self
    switch part {
    case .x: mixture.x = other.x
    case .z: mixture.z = other.z
    case .dZ: mixture.dZ = other.dZ
    case .logits: mixture.logits = other.logits
    case .labels: mixture.labels = other.labels
    case .w1: mixture.p.w1 = other.p.w1
    case .b1: mixture.p.b1 = other.p.b1
    case .w2: mixture.p.w2 = other.p.w2
    case .b2: mixture.p.b2 = other.p.b2
    case .w3: mixture.p.w3 = other.p.w3
    case .b3: mixture.p.b3 = other.p.b3
    case .g: mixture.g = other.g
    case .rate: mixture.rate = other.rate
    }
    return mixture
  }
}

/// A draw whose arguments other functions can be asked about too.
protocol Shared {
  /// Its arguments, and any for what it has none.
  func arguments(using generator: inout Generator) -> Arguments

  /// The parts of the arguments that are the draw's.
  var parts: [Arguments.Part] { get }
}

extension Network: Shared {
  func arguments(using generator: inout Generator) -> Arguments {
    let sizes = p.sizes
    var arguments = Arguments(labels.count, sizes, using: &generator)
    (arguments.x, arguments.labels, arguments.p) = (x, labels, p)
    (arguments.z, arguments.logits) = (pass.z1, pass.logits)
    return arguments
  }

  var parts: [Arguments.Part] { [.x, .labels, .z, .logits] + Arguments.Part.parameters }
}

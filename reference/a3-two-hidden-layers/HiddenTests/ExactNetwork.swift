import CourseKit
import TwoHiddenLayersTask

// Networks whose gradients show in their last digits, or in a unit of their own, whether they were
// derived: there a difference quotient has noise, loses the small beside the large, or steps over a
// kink.

extension Network {
  /// Four classes, two samples of each, and all logits zero, so that each probability is a quarter.
  ///
  /// Units come in pairs with opposite weights to the classes. All numbers are short dyadic
  /// fractions.
  ///
  /// These entries of the gradients are exactly zero: all of `b1`, `b2` and `b3`, the first row of
  /// `w1`, and the first two of `w2` and of `w3`.
  static func withZeros(using generator: inout Generator) -> Network {
    let labels = generator.permutation(4) + generator.permutation(4)
    // The first input adds up to the same number in every class.
    let (less, more) = (1 + generator.whole(3), 5 + generator.whole(4))
    let x = Tensor(
      labels.enumerated().map { index, label in
        let first = (index < 4) == (label < 2) ? less : more
        return [first, 1 + generator.whole(8), 1 + generator.whole(8)]
      }
    )
    let factors = (0..<3).map { _ in generator.powerOfTwo() }
    var p = Parameters(
      w1: .zeros(3, 4),
      b1: .zeros(4),
      w2: .zeros(4, 4),
      b2: .zeros(4),
      w3: .zeros(4, 4),
      b3: .zeros(4)
    )
    for unit in 0..<4 {
      p.w1[unit < 2 ? 0 : 1, unit] = factors[0]
      if unit > 1 { p.w1[2, unit] = factors[0] * 0.5 }
      p.w2[unit, unit] = factors[1]
    }
    for unit in [0, 2] {
      // They add up to zero even where a quarter is not quite one.
      let order = generator.permutation(4)
      for (label, weight) in zip(order, [1.0, 1, -2, 0]) {
        p.w3[unit, label] = weight * factors[2]
        p.w3[unit + 1, label] = -weight * factors[2]
      }
    }
    return Network(x: x, labels: labels, p: p)
  }

  /// The entries of a gradient of such a network that are zero.
  static func zeros(in tensor: KeyPath<Parameters, Tensor<Double>>) -> Int {
    switch tensor {
    case \.w1: 4
    case \.w2, \.w3: 8
    default: 4
    }
  }

  /// A network whose first two units of each layer, and first two classes, are equal.
  ///
  /// Their gradients are made of the same numbers. No sample is of these classes.
  static func withTwins(using generator: inout Generator) -> Network {
    var network: Network
    repeat {
      network = Network(7, [4, 5, 4, 5], using: &generator).withTwins
    } while !network.isFit || !network.hasLoudTwins
    return network
  }

  private var hasLoudTwins: Bool {
    gradientTerms.tensors.allSatisfy { _, terms in
      Self.twins(in: terms).contains { $0.0 > 0.1 * terms.largest }
    }
  }

  private var withTwins: Network {
    var p = p
    for i in 0..<p.w1.shape[0] { p.w1[i, 1] = p.w1[i, 0] }
    p.b1[1] = p.b1[0]
    for j in 0..<p.w2.shape[1] { p.w2[1, j] = p.w2[0, j] }
    for i in 0..<p.w2.shape[0] { p.w2[i, 1] = p.w2[i, 0] }
    p.b2[1] = p.b2[0]
    for c in 0..<p.w3.shape[1] { p.w3[1, c] = p.w3[0, c] }
    for j in 0..<p.w3.shape[0] { p.w3[j, 1] = p.w3[j, 0] }
    p.b3[1] = p.b3[0]
    return replacing(p, labels: labels.map { max($0, 2) })
  }

  /// The pairs of entries of a gradient that are the same for such a network.
  static func twins(in tensor: Tensor<Double>) -> [(Double, Double)] {
    let (rows, columns) = tensor.rank == 1 ? (1, tensor.count) : (tensor.shape[0], tensor.shape[1])
    let scalars = tensor.scalars
    return (0..<rows).map { (scalars[$0 * columns], scalars[$0 * columns + 1]) }
  }

  /// The first unit of a layer has hardly a say: its outgoing weights are tiny, and so is the
  /// gradient of all that leads to it.
  func withGradedUnit(in layer: HiddenLayer) -> Network {
    var p = p
    switch layer {
    case .first: for j in 0..<p.w2.shape[1] { p.w2[0, j] *= 0x1p-60 }
    case .second: for c in 0..<p.w3.shape[1] { p.w3[0, c] *= 0x1p-60 }
    }
    return replacing(p)
  }

  /// One of the two hidden layers.
  enum HiddenLayer { case first, second }

  /// Whole numbers, and units of one layer that are on or off by a millionth: single precision
  /// holds all sums exactly, in any order, and a step crosses the kink.
  static func nearKinks(in layer: HiddenLayer, using generator: inout Generator) -> Network {
    func whole(_ shape: [Int], upTo most: Int) -> Tensor<Double> {
      let scalars = (0..<shape.reduce(1, *)).map { _ in
        (generator.whole(2) == 0 ? -1 : 1) * (1 + generator.whole(most))
      }
      return Tensor(shape: shape, scalars: scalars)
    }
    var network: Network
    // Sums of the second layer have more addends.
    let most = layer == .first ? 2 : 1
    repeat {
      let x = whole([6, 2], upTo: most)
      var p = Parameters(
        w1: whole([2, 3], upTo: most),
        b1: 0.5 * whole([3], upTo: 1),
        w2: whole([3, 4], upTo: 1),
        b2: 0.5 * whole([4], upTo: 1),
        w3: 0.25 * whole([4, 3], upTo: 2),
        b3: whole([3], upTo: 1)
      )
      let pass = Reference.forward(x, p)
      // The first sample puts every unit next to its kink, on and off by turns.
      switch layer {
      case .first:
        for j in 0..<3 { p.b1[j] -= pass.z1[0, j] + (j == 1 ? -0x1p-20 : 0x1p-20) }
      case .second:
        for j in 0..<4 { p.b2[j] -= pass.z2[0, j] + (j % 2 == 1 ? -0x1p-20 : 0x1p-20) }
      }
      network = Network(x: x, labels: generator.labels(6, classes: 3), p: p)
    } while !network.isNearKinks(in: layer)
    return network
  }

  private func isNearKinks(in layer: HiddenLayer) -> Bool {
    let (near, far) = layer == .first ? (pass.z1, pass.z2) : (pass.z2, pass.z1)
    guard near.smallest == 0x1p-20, far.smallest >= 0x1p-10 else { return false }
    return gradients.tensors.allSatisfy { $0.value.largest > 0 }
  }
}

extension Generator {
  /// A whole number from 0 to less than `count`.
  fileprivate mutating func whole(_ count: Int) -> Double {
    Double(next32() % UInt32(count))
  }

  /// 1/2, 1 or 2.
  fileprivate mutating func powerOfTwo() -> Double { [0.5, 1, 2][Int(next32() % 3)] }
}

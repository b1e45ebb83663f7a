import CourseKit
import JudgeSupport

/// A network with two numbers each of which has the gradient of the other, though what they belong
/// to need not be the same.
struct TwinNetwork: Zeroed {
  let network: Network
  private let gradient: NetworkGradient

  /// Draws one for a gradient of this kind.
  ///
  /// For `dW1` two samples are the same, and each has an input of its own, with the same weights.
  /// For the others the first hidden unit is the last one; where its scale and offset do not matter
  /// these are others, in one proportion. Inputs and weights have few digits: what batch norm gets
  /// is exact, and the same for twins, in whatever order it is added up.
  init(for gradient: NetworkGradient, using generator: inout Generator) {
    self.gradient = gradient
    let isScaled = gradient == .dGamma || gradient == .dBeta
    var network: Network
    repeat {
      network = Network(6, gradient == .dW1 ? 5 : 3, 4, 2, using: &generator)
      network.x = network.x.map { ($0 * 64).rounded() / 64 }
      network.w1 = network.w1.map { ($0 * 64).rounded() / 64 }
      if gradient == .dW1 { network.makeTwins(1, 4) }
      let factor = isScaled ? generator.uniform(in: 1.2...1.8) : 1
      for i in 0..<network.x.shape[1] { network.w1[i, 3] = network.w1[i, 0] }
      for k in 0..<2 { network.w2[3, k] = network.w2[0, k] }
      network.layer.gamma[3] = network.layer.gamma[0] * factor
      network.layer.beta[3] = network.layer.beta[0] * factor
    } while !network.isLoud() || !network.firstUnitIsOn
    self.network = network
  }

  func zeros(in answer: Tensor<Double>) -> [ExactZero]? {
    let expected = gradient.expected(on: network)
    guard answer.shape == expected.value.shape else { return nil }
    func twins(_ tensor: Tensor<Double>) -> (one: Tensor<Double>, another: Tensor<Double>) {
      gradient == .dW1
        ? (tensor.row(3), tensor.row(4))
        : (gradient.entries(of: 0, in: tensor), gradient.entries(of: 3, in: tensor))
    }
    let (pair, units) = (twins(answer), twins(expected.terms).one)
    return units.scalars.indices.compactMap { place in
      let unit = units.scalars[place]
      guard unit > 0 else { return nil }
      return ExactZero(pair.one.scalars[place], minus: pair.another.scalars[place], unit: unit)
    }
  }
}

extension Network {
  /// Makes two samples the same, but that the last inputs are theirs alone.
  fileprivate mutating func makeTwins(_ one: Int, _ another: Int) {
    for i in 0..<x.shape[0] { (x[i, 3], x[i, 4]) = (i == one ? 1 : 0, i == another ? 1 : 0) }
    for j in 0..<3 { x[another, j] = x[one, j] }
    for k in 0..<target.shape[1] { target[another, k] = target[one, k] }
    for j in 0..<w1.shape[1] { w1[4, j] = w1[3, j] }
  }

  /// True if the first hidden unit lets several samples through.
  fileprivate var firstUnitIsOn: Bool {
    let u = Forward(of: self).u
    return (0..<x.shape[0]).count { u[$0, 0] > 0 } > 1
  }

  /// A network one of whose hidden units hardly reaches the output, or for `dW2` is hardly reached:
  /// its gradients are tiny, and all others are not.
  static func withFaintUnit(
    for gradient: NetworkGradient,
    _ n: Int,
    _ d: Int,
    _ h: Int,
    _ k: Int,
    using generator: inout Generator
  ) -> Network {
    var network: Network
    repeat {
      network = Network(n, d, h, k, using: &generator)
    } while !network.firstUnitIsOn
    if gradient == .dW2 {
      network.layer.gamma[0] *= 0x1p-80
      network.layer.beta[0] *= 0x1p-80
    } else {
      for k in 0..<k { network.w2[0, k] *= 0x1p-80 }
    }
    return network
  }
}

import CourseKit
import JudgeSupport

/// A network in whose gradients some entries are zero to the last digit, in `Float` too.
///
/// Its first input and the weights make exact features of it, as in `ExactBatch`; all units are on,
/// each has an output of its own, and residuals are whole numbers.
struct ExactNetwork: Zeroed {
  let network: Network
  private let gradient: NetworkGradient

  /// Draws one in whose gradient of this kind there are zeros.
  ///
  /// The second input is that of one sample alone, whose `dW1` is `dX` of a zero there; the others
  /// vanish where residuals are at right angles to ones and to the normalized values.
  init(for gradient: NetworkGradient, using generator: inout Generator) {
    let spread = Spread(using: &generator)
    let scale = generator.power(of: 2, in: -2...2)
    let level = generator.whole(in: -16...16)
    let column = spread.column(using: &generator)
    let (residual, row) = Self.residual(for: gradient, using: &generator)
    var x = Tensor<Double>.zeros(8, 2)
    for i in 0..<8 { x[i, 0] = level + column[i] }
    // A weight of zero would have a relative step of zero.
    let share = generator.sign() * generator.whole(in: 1...3)
    (x[row, 0], x[row, 1]) = (x[row, 0] - share, 1)
    var (w1, w2) = (Tensor<Double>.zeros(2, 3), Tensor<Double>.zeros(3, 3))
    for j in 0..<3 {
      (w1[0, j], w1[1, j]) = (scale, scale * share)
      w2[j, j] = generator.sign() * generator.power(of: 2, in: -1...1)
    }
    let layer = Network.Layer(
      gamma: Tensor((0..<3).map { _ in generator.sign() * generator.power(of: 2, in: -1...1) }),
      beta: Tensor((0..<3).map { _ in generator.whole(in: 4...7) }),
      epsilon: spread.epsilon * scale * scale
    )
    var network = Network(x: x, w1: w1, w2: w2, target: .zeros(8, 3), layer: layer)
    network.target = Network.Forward(of: network).residual - residual
    (self.network, self.gradient) = (network, gradient)
  }

  private static func residual(
    for gradient: NetworkGradient,
    using generator: inout Generator
  ) -> (Tensor<Double>, row: Int) {
    var residual = Tensor<Double>.zeros(8, 3)
    let row = generator.sign() < 0 ? 0 : 7
    for k in 0..<3 {
      let column =
        gradient == .dW1
        ? generator.gradient(withZeroIn: [row]).dU
        : generator.balancedResidual()
      for i in 0..<8 { residual[i, k] = column[i] }
    }
    return (residual, row)
  }

  func zeros(in answer: Tensor<Double>) -> [ExactZero]? {
    let right = gradient.expected(on: network)
    guard answer.shape == right.value.shape else { return nil }
    let terms = addends
    return answer.scalars.indices.compactMap { place in
      let unit = terms.scalars[place]
      return unit > 0 ? ExactZero(answer.scalars[place], unit: unit) : nil
    }
  }

  /// The size of the addends of each entry that is zero; 0 for the others.
  private var addends: Tensor<Double> {
    let forward = Network.Forward(of: network)
    let dY = (forward.residual / 8).absolute
    var dU = Tensor<Double>.zeros(8, 3)
    for i in 0..<8 {
      for j in 0..<3 { dU[i, j] = dY[i, j] * abs(network.w2[j, j]) }
    }
    switch gradient {
    case .dBeta: return dU.sum(axis: 0)
    case .dGamma: return (dU * forward.statistics.xHat.absolute).sum(axis: 0)
    case .dW1:
      let largest = (0..<3).map { j in (0..<8).map { dU[$0, j] }.max() ?? 0 }
      let unit = Tensor(largest) * network.layer.gamma.absolute / forward.statistics.root
      return Tensor(shape: [2, 1], scalars: [0, 1]) * unit
    case .dW2:
      // Every column of residuals is at right angles to every unit.
      let terms = (0..<9).map { place in
        (0..<8).map { forward.a[$0, place / 3] * dY[$0, place % 3] }.reduce(0, +)
      }
      return Tensor(shape: [3, 3], scalars: terms)
    }
  }
}

extension Generator {
  /// Eight whole numbers at right angles to ones and to pairs of opposite ones from the second on.
  fileprivate mutating func balancedResidual() -> [Double] {
    let pairs = (0..<3).map { _ in whole(in: -7...7) }
    let first = whole(in: -7...7)
    return [first] + pairs.flatMap { [$0, $0] } + [-first - 2 * pairs.reduce(0, +)]
  }
}

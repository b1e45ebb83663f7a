import ConvBiasTask
import CourseKit
import JudgeSupport

/// A convolution with batch normalization at inference behind it: the reference for folding.
struct Folding {
  var weight: Tensor<Double>
  var bias: Tensor<Double>?
  var gamma: Tensor<Double>
  var beta: Tensor<Double>
  var running: Running
  var epsilon: Double
  /// True if filters differ so much in size that each entry is judged for itself.
  var isGraded = false

  /// Draws one; what the convolution has and gives is multiplied by `scale`, `gamma` and `beta` by
  /// `linear`: powers of two.
  init(
    _ geometry: Geometry,
    scale: Double = 1,
    linear: Double = 1,
    hasBias: Bool,
    using generator: inout Generator
  ) {
    let o = geometry.o
    weight = generator.normal(shape: geometry.weightShape) * scale
    bias = hasBias ? generator.signed(0.5...2, count: o) * scale : nil
    gamma = generator.gamma(count: o) * linear
    beta = generator.signed(0.5...2, count: o) * linear
    running = Running(
      mean: generator.signed(0.5...2, count: o) * scale,
      variance: generator.signed(0.2...3, count: o).absolute * scale * scale
    )
    epsilon = generator.uniform(in: 0.05...0.5) * scale * scale
  }

  /// Each geometry with a bias and without; gammas, betas and variances of 0 among them.
  static func questions(using generator: inout Generator) -> Questions<Folding> {
    let scales: [(Double, linear: Double)] = [
      (0x1p-18, 1), (1, 0x1p-40), (1, 0x1p40), (0x1p-18, 1), (0x1p18, 1),
    ]
    let extremes: [(Double, linear: Double)] = [
      (0x1p-60, 1), (0x1p60, 1), (1, 0x1p-200), (1, 0x1p200),
    ]
    func draws(_ geometry: Geometry, _ scale: (Double, linear: Double)) -> [Folding] {
      [true, false].map {
        Folding(geometry, scale: scale.0, linear: scale.linear, hasBias: $0, using: &generator)
      }
    }
    let plain = Geometry.plain.prefix(1)
    var questions = Questions(
      ordinary: (plain + plain + Geometry.sized).flatMap { draws($0, (1, 1)) },
      unusual: zip(Geometry.plain, scales).flatMap(draws),
      extreme: zip(Geometry.plain, extremes).flatMap(draws)
    )
    questions.unusual += draws(Geometry.plain[0], (1, 1)).map { draw in
      var special = draw
      (special.gamma[0], special.beta[1], special.running.variance[2]) = (0, 0, 0)
      return special
    }
    questions.unusual += draws(Geometry.plain[0], (1, 1)).flatMap(\.plain)
    return questions.exchanging(
      \.weight,
      \.bias,
      \.gamma,
      \.beta,
      \.running.mean,
      \.running.variance,
      \.epsilon,
      drawing: { draws(Geometry.plain[0], (1, 1))[0] }
    )
  }

  /// The same with values that people type, with filters of very different sizes, and with an
  /// epsilon that only just shows.
  private var plain: [Folding] {
    var start = self
    (start.gamma, start.beta) = (0 * gamma + 1, 0 * beta)
    start.running = Running(mean: 0 * running.mean, variance: 0 * running.variance + 1)
    start.epsilon = 1e-5
    var withZeros = self
    withZeros.running.mean[1] = 0
    withZeros.bias?.scalars[2] = 0
    withZeros.weight.scalars[3] = 0
    let signed = [1.0, -1].map { sign in
      var draw = self
      (draw.gamma, draw.beta) = (sign * gamma.absolute, sign * beta.absolute)
      return draw
    }
    var graded = self
    let powers = Tensor((0..<gamma.count).map { [0x1p30, 0x1p-30, 1, 0x1p15][$0 % 4] })
    (graded.gamma, graded.beta, graded.isGraded) = (gamma * powers, beta * powers, true)
    let faint = [5e-4, 1e-4].map { epsilon in
      var draw = self
      (draw.running.variance, draw.epsilon) = (0 * running.variance + 1, epsilon)
      return draw
    }
    return [start, withZeros] + signed + [graded] + faint
  }

  private var factor: Tensor<Double> { gamma / (running.variance + epsilon).squareRoot() }

  var expectedWeight: Expected {
    let weight = weight * factor.reshaped(factor.count, 1, 1, 1)
    return Expected("folded weight", weight, terms: weight.absolute)
  }

  var expectedBias: Expected {
    let parts = [bias.map { $0 * factor }, -(running.mean * factor), beta]
    let zero = Tensor<Double>.zeros(shape: beta.shape)
    return Expected(
      bias == nil ? "folded bias, from nil" : "folded bias",
      parts.compactMap(\.self).reduce(zero, +),
      terms: parts.compactMap { $0?.absolute }.reduce(zero, +)
    )
  }
}

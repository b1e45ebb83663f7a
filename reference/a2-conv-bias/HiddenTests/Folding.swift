import ConvBiasTask
import CourseKit

/// A convolution with batch normalization at inference behind it: the reference for folding.
struct Folding {
  let weight: Tensor<Double>
  let bias: Tensor<Double>?
  let gamma: Tensor<Double>
  let beta: Tensor<Double>
  let running: Running
  let epsilon: Double

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

  /// Each geometry with a bias and without.
  static func draws(using generator: inout Generator) -> [Folding] {
    let geometries = Geometry.plain + Geometry.plain.prefix(1)
    let scales: [(Double, linear: Double)] = [
      (1, 1), (1, 0x1p-40), (1, 0x1p40), (0x1p-18, 1), (0x1p18, 1), (1, 1),
    ]
    return zip(geometries, scales).flatMap { geometry, scale in
      [true, false].map {
        Folding(geometry, scale: scale.0, linear: scale.linear, hasBias: $0, using: &generator)
      }
    }
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

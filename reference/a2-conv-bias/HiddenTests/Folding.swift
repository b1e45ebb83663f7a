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

  /// Draws one; what the convolution gives is multiplied by `scale`, a power of two.
  init(_ geometry: Geometry, scale: Double, hasBias: Bool, using generator: inout Generator) {
    let o = geometry.o
    weight = generator.normal(shape: geometry.weightShape)
    bias = hasBias ? generator.signed(0.5...2, count: o) * scale : nil
    gamma = generator.gamma(count: o)
    beta = generator.signed(0.5...2, count: o)
    running = Running(
      mean: generator.signed(0.5...2, count: o) * scale,
      variance: generator.signed(0.2...3, count: o).absolute * scale * scale
    )
    epsilon = generator.uniform(in: 0.05...0.5) * scale * scale
  }

  /// Each geometry with a bias and without.
  static func draws(using generator: inout Generator) -> [Folding] {
    let geometries = Geometry.plain + Geometry.plain.prefix(1)
    return zip(geometries, [1, 1, 1, 0x1p-10, 0x1p10, 1]).flatMap { geometry, scale in
      [true, false].map {
        Folding(geometry, scale: scale, hasBias: $0, using: &generator)
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

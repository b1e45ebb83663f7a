import CourseKit

/// A convolution without stride and padding, with batch normalization behind it: the reference.
struct Normalization {
  let convolution: Convolution
  let gamma: Tensor<Double>
  let beta: Tensor<Double>
  let epsilon: Double

  /// Draws until every channel of the response has a spread that its offset does not dwarf.
  init(_ geometry: Geometry, scale: Double, using generator: inout Generator) {
    repeat {
      self.init(once: geometry, scale, using: &generator)
    } while !isLoud
  }

  private init(once geometry: Geometry, _ scale: Double, using generator: inout Generator) {
    convolution = Convolution(geometry, scale: scale, using: &generator)
    gamma = generator.gamma(count: geometry.o)
    beta = generator.signed(0.5...2, count: geometry.o)
    epsilon = generator.uniform(in: 0.05...0.5) * scale * scale
  }

  static func draws(using generator: inout Generator) -> [Normalization] {
    let geometries = Geometry.plain + Geometry.plain.prefix(1)
    return zip(geometries, [1, 1, 1, 0x1p-10, 0x1p10, 1]).map {
      Normalization($0, scale: $1, using: &generator)
    }
  }

  private var isLoud: Bool {
    let terms = convolution.responseTerms.channelMean
    return zip(root.scalars, terms.scalars).allSatisfy { root, terms in
      root >= max(0.1 * terms, 0.3 * convolution.scale)
    }
  }

  private var y: Tensor<Double> { convolution.response(convolution.x, convolution.weight) }
  private var deviation: Tensor<Double> { y - y.channelMean.onChannels }
  private var root: Tensor<Double> {
    (deviation.squared().channelMean + epsilon).squareRoot()
  }
  private var xHat: Tensor<Double> { deviation / root.onChannels }

  /// The unit is that of the normalized response: where its mean came from is no part of it.
  func expected(_ name: String) -> Expected {
    let scaled = gamma.onChannels * xHat
    return Expected(
      name,
      scaled + beta.onChannels,
      terms: scaled.absolute + beta.absolute.onChannels
    )
  }

  /// Zero, in units of the sum of the absolute addends.
  var expectedBiasGradient: Expected {
    let terms = gamma.absolute / root * convolution.dY.absolute.channelSum
    return Expected("dBias", .zeros(shape: gamma.shape), terms: terms)
  }
}

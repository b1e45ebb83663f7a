import CourseKit
import JudgeSupport

/// A convolution without stride and padding, with batch normalization behind it: the reference.
struct Normalization {
  var convolution: Convolution
  var gamma: Tensor<Double>
  var beta: Tensor<Double>
  var epsilon: Double
  /// The factor of all in which the functions are linear.
  let linear: Double
  /// True if channels differ so much in size that each entry is judged for itself.
  var isGraded = false

  /// Draws until every channel of the response has a spread that its offset does not dwarf.
  ///
  /// The images and the root of `epsilon` are multiplied by `scale`, what the functions are linear
  /// in (`gamma`, `beta` and `dU`) by `linear`: powers of two.
  init(
    _ geometry: Geometry,
    scale: Double = 1,
    linear: Double = 1,
    using generator: inout Generator
  ) {
    repeat {
      self.init(once: geometry, scale, linear, using: &generator)
    } while !isLoud
  }

  /// One of these parts.
  init(
    convolution: Convolution,
    gamma: Tensor<Double>,
    beta: Tensor<Double>,
    epsilon: Double
  ) {
    (self.convolution, self.gamma, self.beta) = (convolution, gamma, beta)
    (self.epsilon, linear) = (epsilon, 1)
  }

  private init(
    once geometry: Geometry,
    _ scale: Double,
    _ linear: Double,
    using generator: inout Generator
  ) {
    self.linear = linear
    convolution = Convolution(geometry, scale: scale, gradientScale: linear, using: &generator)
    gamma = generator.gamma(count: geometry.o) * linear
    beta = generator.signed(0.5...2, count: geometry.o) * linear
    epsilon = generator.uniform(in: 0.05...0.5) * scale * scale
  }

  /// Each geometry in its scales, gammas and betas of 0, and a place far from all others, whose
  /// normalized value is near the root of the number of places.
  static func questions(using generator: inout Generator) -> Questions<Normalization> {
    let scales: [(Double, linear: Double)] = [
      (0x1p-18, 1), (1, 0x1p-40), (1, 0x1p40), (0x1p-18, 1), (0x1p18, 1),
    ]
    let extremes: [(Double, linear: Double)] = [
      (0x1p-60, 1), (0x1p60, 1), (1, 0x1p-200), (1, 0x1p200),
    ]
    func draw(_ geometry: Geometry, _ scale: (Double, linear: Double)) -> Normalization {
      Normalization(geometry, scale: scale.0, linear: scale.linear, using: &generator)
    }
    // Many filters hardly ever have a spread all of them.
    let sized = Geometry.sized.filter { $0.hasRoom && $0.o < 10 && $0.kernel.0 < 6 }
    var special = draw(Geometry.plain[0], (1, 1))
    (special.gamma[0], special.beta[1]) = (0, 0)
    var far = draw(Geometry(n: 2, c: 1, o: 2, size: (9, 15), kernel: (1, 1)), (1, 1))
    far.convolution.x[1, 0, 4, 7] = 1000
    let plain = Geometry.plain.prefix(1)
    return Questions(
      ordinary: (plain + plain + sized).map { draw($0, (1, 1)) },
      unusual: zip(Geometry.plain, scales).map(draw) + [special, far]
        + Self.plain(draw(Geometry.plain[0], (1, 1))),
      extreme: zip(Geometry.plain, extremes).map(draw)
    ).exchanging(
      \.convolution.x,
      \.convolution.weight,
      \.convolution.dY,
      \.gamma,
      \.beta,
      \.epsilon,
      drawing: { draw(Geometry.plain[0], (1, 1)) },
      until: \.isLoud
    )
  }

  /// The same with values that people type: those from which one starts, one sign, equal gammas.
  ///
  /// Then with an epsilon that only just shows, and with channels of very different sizes.
  private static func plain(_ draw: Normalization) -> [Normalization] {
    let o = draw.gamma.count
    let values: [(gamma: Tensor<Double>, beta: Tensor<Double>, epsilon: Double)] = [
      (.ones(o), .zeros(o), 1e-5), (.ones(o) * 2, .zeros(o), draw.epsilon),
      (draw.gamma.absolute, draw.beta.absolute, draw.epsilon),
      (-draw.gamma.absolute, -draw.beta.absolute, draw.epsilon),
      (draw.gamma, draw.beta, 3e-4 * draw.root.squared().sum() / Double(o)),
    ]
    var graded = draw
    let powers = Tensor((0..<o).map { [0x1p30, 0x1p-30, 1, 0x1p15][$0 % 4] })
    (graded.gamma, graded.beta, graded.isGraded) = (draw.gamma * powers, draw.beta * powers, true)
    return values.map { values in
      var plain = draw
      (plain.gamma, plain.beta, plain.epsilon) = values
      return plain
    } + [graded]
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

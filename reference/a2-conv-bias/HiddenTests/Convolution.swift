import CourseKit
import JudgeSupport

/// One convolution with loud data, and all that follows from it: the reference.
///
/// Response and gradients are sums of the same products, one for each meeting of an output, a tap
/// and an input; they differ in what is multiplied and where it goes.
struct Convolution {
  var geometry: Geometry
  var x: Tensor<Double>
  var weight: Tensor<Double>
  var bias: Tensor<Double>
  var dY: Tensor<Double>
  /// The factors of the images and of the filters, powers of two; the bias has both.
  let scale: Double
  let weightScale: Double
  /// True if channels and filters differ so much in size that each entry is judged for itself.
  private(set) var isGraded = false

  /// Draws one; `dY` is scaled by `gradientScale`, or as the images are.
  init(
    _ geometry: Geometry,
    scale: Double = 1,
    weightScale: Double = 1,
    gradientScale: Double? = nil,
    using generator: inout Generator
  ) {
    self.geometry = geometry
    self.scale = scale
    self.weightScale = weightScale
    x = generator.images(geometry.inputShape) * scale
    weight = generator.normal(shape: geometry.weightShape) * weightScale
    bias = generator.signed(0.5...2, count: geometry.o) * scale * weightScale
    dY = generator.images(geometry.outputShape) * (gradientScale ?? scale)
  }

  /// One of given data.
  init(
    _ geometry: Geometry,
    x: Tensor<Double>,
    weight: Tensor<Double>,
    bias: Tensor<Double>,
    dY: Tensor<Double>
  ) {
    self.geometry = geometry
    (self.x, self.weight, self.bias, self.dY) = (x, weight, bias, dY)
    scale = 1
    weightScale = 1
  }

  /// One for each of five geometries, the fourth small in scale and the fifth large.
  ///
  /// Then come the sizes of the first with other values, for who remembers by size, and one for
  /// each of `sized`; the first two geometries come once more with extreme numbers.
  static func questions(
    _ geometries: [Geometry],
    sized: [Geometry],
    scale: Double = 0x1p40,
    using generator: inout Generator
  ) -> Questions<Convolution> {
    func draws(_ geometries: ArraySlice<Geometry>, _ scales: [Double]) -> [Convolution] {
      zip(geometries, scales).map {
        Convolution($0, scale: $1, weightScale: $1, using: &generator)
      }
    }
    let ordinary = geometries.prefix(3) + geometries.prefix(1) + sized
    return Questions(
      ordinary: draws(ordinary, Array(repeating: 1, count: ordinary.count)),
      unusual: draws(geometries.dropFirst(3), [1 / scale, scale])
        + plain(geometries[0], using: &generator)
        + [Convolution(geometries[0], using: &generator).graded],
      extreme: draws(geometries.prefix(2), [0x1p-200, 0x1p200])
    )
  }

  /// Values that people type: zeros, whole numbers, one sign, a channel without a gradient.
  private static func plain(
    _ geometry: Geometry,
    using generator: inout Generator
  ) -> [Convolution] {
    var whole = Convolution(geometry, using: &generator)
    whole.x = whole.x.map { ($0 * 1.5).rounded(.towardZero) }
    whole.weight = whole.weight.map { ($0 * 1.5).rounded(.towardZero) }
    whole.dY = whole.dY.map { ($0 * 1.5).rounded(.towardZero) }
    whole.bias.scalars[whole.bias.count - 1] = 0
    let signed = [1.0, -1].map { sign in
      var draw = Convolution(geometry, using: &generator)
      (draw.x, draw.weight) = (draw.x.absolute, draw.weight.absolute * sign)
      (draw.bias, draw.dY) = (draw.bias.absolute * sign, draw.dY.absolute * sign)
      return draw
    }
    var dead = Convolution(geometry, using: &generator)
    let channels = (0..<geometry.o).map { $0 == geometry.o / 2 ? 0.0 : 1 }
    dead.dY = dead.dY * Tensor(channels).onChannels
    return [whole] + signed + [dead]
  }

  /// The same with channels and filters of very different sizes, all paths as loud as each other.
  private var graded: Convolution {
    let powers = [0x1p30, 0x1p-30, 1, 0x1p15, 0x1p-15]
    let filters = Tensor((0..<geometry.o).map { powers[$0 % 5] })
    let channels = Tensor((0..<geometry.c).map { powers[($0 + 1) % 5] })
    var draw = self
    draw.weight = weight * filters.reshaped(geometry.o, 1, 1, 1) * channels.onChannels
    (draw.x, draw.bias) = (x / channels.onChannels, bias * filters)
    draw.dY = dY / filters.onChannels
    draw.isGraded = true
    return draw
  }

  /// Calls the body with the places of output, weight and input of every product.
  private func forEachProduct(_ body: (_ y: Int, _ weight: Int, _ x: Int) -> Void) {
    let (rows, columns) = (geometry.rows, geometry.columns)
    let (c, o, size) = (geometry.c, geometry.o, geometry.outputSize)
    for sample in 0..<geometry.n {
      for filter in 0..<o {
        for channel in 0..<c {
          let output = (sample * o + filter) * size.0
          let tap = (filter * c + channel) * geometry.kernel.0
          let input = (sample * c + channel) * geometry.size.0
          for row in rows {
            for column in columns {
              body(
                (output + row.output) * size.1 + column.output,
                (tap + row.tap) * geometry.kernel.1 + column.tap,
                (input + row.input) * geometry.size.1 + column.input
              )
            }
          }
        }
      }
    }
  }
}

extension Convolution {
  /// The response without a bias.
  func response(_ x: Tensor<Double>, _ weight: Tensor<Double>) -> Tensor<Double> {
    var y = [Double](repeating: 0, count: geometry.outputShape.reduce(1, *))
    let (x, w) = (x.scalars, weight.scalars)
    forEachProduct { y[$0] += w[$1] * x[$2] }
    return Tensor(shape: geometry.outputShape, scalars: y)
  }

  func gradWeight(_ dY: Tensor<Double>, _ x: Tensor<Double>) -> Tensor<Double> {
    var dWeight = [Double](repeating: 0, count: geometry.weightShape.reduce(1, *))
    let (x, dY) = (x.scalars, dY.scalars)
    forEachProduct { dWeight[$1] += dY[$0] * x[$2] }
    return Tensor(shape: geometry.weightShape, scalars: dWeight)
  }

  func gradInput(_ dY: Tensor<Double>, _ weight: Tensor<Double>) -> Tensor<Double> {
    var dX = [Double](repeating: 0, count: geometry.inputShape.reduce(1, *))
    let (w, dY) = (weight.scalars, dY.scalars)
    forEachProduct { dX[$2] += dY[$0] * w[$1] }
    return Tensor(shape: geometry.inputShape, scalars: dX)
  }

  /// The response without a bias, every addend made absolute.
  var responseTerms: Tensor<Double> { response(x.absolute, weight.absolute) }

  var expectedResponse: Expected {
    Expected("y", response(x, weight), terms: responseTerms)
  }

  var expectedBiasGradient: Expected {
    Expected("dBias", dY.channelSum, terms: dY.absolute.channelSum)
  }

  var expectedWeightGradient: Expected {
    Expected("dWeight", gradWeight(dY, x), terms: gradWeight(dY.absolute, x.absolute))
  }

  var expectedInputGradient: Expected {
    Expected("dX", gradInput(dY, weight), terms: gradInput(dY.absolute, weight.absolute))
  }
}

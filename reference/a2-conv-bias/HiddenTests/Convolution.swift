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
      unusual: draws(geometries.dropFirst(3), [1 / scale, scale]),
      extreme: draws(geometries.prefix(2), [0x1p-200, 0x1p200])
    )
  }

  /// Calls the body with the places of output, weight and input of every product.
  private func forEachProduct(_ body: (_ y: Int, _ weight: Int, _ x: Int) -> Void) {
    let (rows, columns) = (geometry.rows, geometry.columns)
    let (c, o) = (geometry.c, geometry.o)
    for sample in 0..<geometry.n {
      for filter in 0..<o {
        for channel in 0..<c {
          let output = (sample * o + filter) * geometry.outputSize.0
          let tap = (filter * c + channel) * geometry.kernel.0
          let input = (sample * c + channel) * geometry.size.0
          for row in rows {
            for column in columns {
              body(
                (output + row.output) * geometry.outputSize.1 + column.output,
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

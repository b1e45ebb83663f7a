import CourseKit

/// One convolution with loud data, and all that follows from it: the reference.
///
/// Response and gradients are sums of the same products, one for each meeting of an output, a tap
/// and an input; they differ in what is multiplied and where it goes.
struct Convolution {
  let geometry: Geometry
  let x: Tensor<Double>
  let weight: Tensor<Double>
  let bias: Tensor<Double>
  let dY: Tensor<Double>
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

  /// One for each of five geometries, the fourth small in scale and the fifth large; and the sizes
  /// of the first with other values, for who remembers by size.
  static func draws(
    _ geometries: [Geometry],
    scale: Double = 0x1p40,
    using generator: inout Generator
  ) -> [Convolution] {
    zip(geometries + geometries.prefix(1), [1, 1, 1, 1 / scale, scale, 1]).map {
      Convolution($0, scale: $1, weightScale: $1, using: &generator)
    }
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
    var dWeight = [Double](repeating: 0, count: weight.count)
    let (x, dY) = (x.scalars, dY.scalars)
    forEachProduct { dWeight[$1] += dY[$0] * x[$2] }
    return Tensor(shape: weight.shape, scalars: dWeight)
  }

  func gradInput(_ dY: Tensor<Double>, _ weight: Tensor<Double>) -> Tensor<Double> {
    var dX = [Double](repeating: 0, count: x.count)
    let (w, dY) = (weight.scalars, dY.scalars)
    forEachProduct { dX[$2] += dY[$0] * w[$1] }
    return Tensor(shape: x.shape, scalars: dX)
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

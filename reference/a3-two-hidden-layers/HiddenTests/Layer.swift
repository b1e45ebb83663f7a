import CourseKit
import TwoHiddenLayersTask

/// One layer with its input, and a gradient that comes back.
///
/// `n` samples, `d` inputs, `m` outputs.
struct Layer: Sized {
  let x, w, b, dZ, z: Tensor<Double>

  /// Draws until no output is near the kink of a ReLU; the arguments are multiplied by powers of
  /// two, `b` like the product of `x` and `w`.
  init(
    _ n: Int,
    _ d: Int,
    _ m: Int,
    scale: Double = 1,
    weights: Double = 1,
    gradient: Double = 1,
    using generator: inout Generator
  ) {
    var candidate: Layer
    repeat {
      candidate = Layer(once: n, d, m, using: &generator)
    } while candidate.z.smallest < 1e-3
    self.init(
      x: scale * candidate.x,
      w: weights * candidate.w,
      b: scale * weights * candidate.b,
      dZ: gradient * candidate.dZ
    )
  }

  private init(
    once n: Int,
    _ d: Int,
    _ m: Int,
    using generator: inout Generator
  ) {
    x = generator.samples(n, d)
    w = generator.normal(shape: [d, m])
    b = generator.signed(0.3...1, shape: [m])
    dZ = generator.normal(shape: [n, m])
    z = product(x, w) + b
  }

  private init(x: Tensor<Double>, w: Tensor<Double>, b: Tensor<Double>, dZ: Tensor<Double>) {
    (self.x, self.w, self.b, self.dZ) = (x, w, b, dZ)
    z = product(x, w) + b
  }

  var sizes: [String: Int] { ["n": x.shape[0], "d": x.shape[1], "m": w.shape[1]] }

  /// The first row and the first column of the gradient that comes back are tiny.
  var graded: Layer {
    var dZ = dZ
    for i in 0..<dZ.shape[0] {
      for j in 0..<dZ.shape[1] where i == 0 || j == 0 { dZ[i, j] *= 0x1p-60 }
    }
    return Layer(x: x, w: w, b: b, dZ: dZ)
  }

  /// The layer's output is far larger than the gradient that comes back.
  var large: Layer { Layer(x: 0x1p50 * x, w: 0x1p50 * w, b: b, dZ: dZ) }

  var mask: Tensor<Double> { z.map { $0 > 0 ? 1 : 0 } }

  /// Sizes all different, squares of all kinds, a single sample; and the sizes of the first with
  /// other values.
  static func draws(using generator: inout Generator) -> [Layer] {
    [
      Layer(6, 3, 4, using: &generator),
      Layer(5, 5, 5, using: &generator),
      Layer(7, 4, 4, using: &generator),
      Layer(1, 4, 3, using: &generator),
      Layer(6, 3, 4, using: &generator),
    ]
  }

  /// All small, all large, and each large where the other is small: no threshold, clip or constant
  /// is small or large beside all of them.
  static func wideDraws(weights: Double = 1, using generator: inout Generator) -> [Layer] {
    let (few, many) = (0x1p-40, 0x1p40)
    return [
      Layer(4, 2, 5, scale: few, weights: 1 / weights, gradient: few, using: &generator),
      Layer(3, 6, 2, scale: many, weights: weights, gradient: many, using: &generator),
      Layer(5, 3, 2, scale: few, weights: weights, gradient: many, using: &generator),
    ]
  }
}

extension Layer: Shared {
  func arguments(using generator: inout Generator) -> Arguments {
    // A network of which every layer has this one's sizes, or the other way round.
    let (d, m) = (w.shape[0], w.shape[1])
    var arguments = Arguments(x.shape[0], [d, m, d, m], using: &generator)
    (arguments.x, arguments.z, arguments.dZ) = (x, z, dZ)
    (arguments.p.w1, arguments.p.b1) = (w, b)
    return arguments
  }
}

import CourseKit
import TwoHiddenLayersTask

/// One layer with its input, and a gradient that comes back.
///
/// `n` samples, `d` inputs, `m` outputs.
struct Layer: Sized, Exchanging {
  let x, w, b, dZ, z: Tensor<Double>
  var exchanged: String?

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
    // Normal numbers are of single precision, and who computes in it would be exact.
    dZ = 1.1 * generator.normal(shape: [n, m])
    z = product(x, w) + b
  }

  init(x: Tensor<Double>, w: Tensor<Double>, b: Tensor<Double>, dZ: Tensor<Double>) {
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

  func withGradient(times factor: Double) -> Layer { Layer(x: x, w: w, b: b, dZ: factor * dZ) }

  var mask: Tensor<Double> { z.map { $0 > 0 ? 1 : 0 } }

  /// Sizes all different, after a path through the arguments of the first; squares of all kinds;
  /// all units on, all off; and all sizes.
  static func draws(using generator: inout Generator) -> [Layer] {
    let first = Layer(6, 3, 4, using: &generator)
    return [first] + first.path(using: &generator) + [
      Layer(5, 5, 5, using: &generator),
      Layer(7, 4, 4, using: &generator),
      Layer(1, 4, 3, using: &generator),
      Layer(6, 4, 3, using: &generator).shifted(by: 1),
      Layer(4, 3, 5, using: &generator).shifted(by: -1),
    ]
      + Sizes.batches.enumerated().map { index, n in
        let (d, m) = (Sizes.units(index, layer: 0), Sizes.units(index, layer: 1))
        return Layer(n, d, m, using: &generator)
      } + innerPath(using: &generator) + plainDraws(using: &generator)
  }

  /// The arguments exchanged one after another for those of another layer of these sizes.
  ///
  /// Who keeps an answer by some of its arguments gives it again at the first of the others.
  private func path(using generator: inout Generator) -> [Layer] {
    var path: [Layer]
    repeat {
      let other = Layer(x.shape[0], w.shape[0], w.shape[1], using: &generator)
      path = [
        Layer(x: x, w: w, b: b, dZ: other.dZ).exchanging("dZ"),
        Layer(x: x, w: w, b: other.b, dZ: other.dZ).exchanging("b"),
        Layer(x: x, w: other.w, b: other.b, dZ: other.dZ).exchanging("w"),
        other.exchanging("x"),
      ]
    } while path.contains { $0.z.smallest < 1e-3 }
    return path
  }

  /// All units on, or all off.
  private func shifted(by sign: Double) -> Layer {
    Layer(x: x, w: w, b: b + sign * (z.largest + 1), dZ: dZ)
  }

  /// All small, all large, and each large where the other is small: no threshold, clip or constant
  /// is small or large beside all of them.
  static func wideDraws(
    weights: Double = 1,
    _ magnitudes: Magnitudes = .single,
    using generator: inout Generator
  ) -> [Layer] {
    let (few, many) = (magnitudes.few, magnitudes.many)
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

  var parts: [Arguments.Part] { [.x, .z, .dZ, .w1, .b1] }
}

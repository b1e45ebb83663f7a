import CourseKit
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

final class LayersTests: TwoHiddenLayersCase {
  func testRelu() throws {
    var generator = generator()
    try judge("relu", on: Layer.draws(using: &generator)) {
      [try subject(TwoHiddenLayersTask.relu, $0.z)]
    } expect: {
      [Expected("a", $0.z * $0.mask, terms: $0.z.absolute)]
    }
  }

  func testGradReLU() throws {
    var generator = generator()
    let draws = Layer.draws(using: &generator)
    let isRight = try judge("gradReLU", on: draws) {
      [try subject(TwoHiddenLayersTask.gradReLU, $0.dZ, $0.z)]
    } expect: {
      [Expected("dZ", $0.dZ * $0.mask, terms: $0.dZ.absolute)]
    }
    guard isRight else { return }
    let probes = [0x1p-40, 0x1p40].map { s in
      (
        "z times \(s)",
        { (layer: Layer) in
          let yours = try self.subject(TwoHiddenLayersTask.gradReLU, layer.dZ, s * layer.z)
          return self.distance(yours, layer.dZ * layer.mask) { $0 }
        }
      )
    }
    try judgeDerivation(of: "dZ", in: "gradReLU", on: Array(draws.prefix(3)), probes: probes)
  }

  func testLinear() throws {
    var generator = generator()
    try judge("linear", on: Layer.draws(using: &generator)) {
      [try subject(TwoHiddenLayersTask.linear, $0.x, $0.w, $0.b)]
    } expect: {
      [Expected("z", $0.z, terms: product($0.x.absolute, $0.w.absolute) + $0.b.absolute)]
    }
  }

  func testGradLinearX() throws {
    try judgeGradient("dX") {
      $0.dX
    } small: {
      $0.firstRow
    } expect: {
      Expected(
        "dX",
        product($0.dZ, $0.w, transposing: .right),
        terms: product($0.dZ.absolute, $0.w.absolute, transposing: .right)
      )
    }
  }

  func testGradLinearW() throws {
    try judgeGradient("dW") {
      $0.dW
    } small: {
      $0.firstColumn
    } expect: {
      Expected(
        "dW",
        product($0.x, $0.dZ, transposing: .left),
        terms: product($0.x.absolute, $0.dZ.absolute, transposing: .left)
      )
    }
  }

  func testGradLinearB() throws {
    try judgeGradient("dB") {
      $0.dB
    } small: {
      Tensor([$0[0]])
    } expect: {
      Expected("dB", $0.dZ.sum(axis: 0), terms: $0.dZ.absolute.sum(axis: 0))
    }
  }

  /// `small` is what of the gradient is small if the first row and column of `dZ` are.
  private func judgeGradient(
    _ name: String,
    _ part: @escaping (LinearGradients) -> Tensor<Double>,
    small: @escaping (Tensor<Double>) -> Tensor<Double>,
    expect: @escaping (Layer) -> Expected
  ) throws {
    var generator = generator()
    let draws = Layer.draws(using: &generator)
    let ask = { (layer: Layer) in
      part(try self.subject(TwoHiddenLayersTask.gradLinear, layer.dZ, layer.x, layer.w))
    }
    let isRight = try judge("gradLinear", on: draws) {
      [try ask($0)]
    } expect: {
      [expect($0)]
    }
    guard isRight else { return }
    let error = { (layer: Layer, place: (Tensor<Double>) -> Tensor<Double>) in
      self.distance(try ask(layer), expect(layer).value, in: place)
    }
    try judgeDerivation(
      of: name,
      in: "gradLinear",
      on: Array(draws.prefix(3)),
      probes: [
        ("graded", { try error($0.graded, small) }),
        ("x and w large", { try error($0.large) { $0 } }),
      ]
    )
  }
}

/// One layer with its input, and a gradient that comes back.
///
/// `n` samples, `d` inputs, `m` outputs.
private struct Layer: Sized {
  let x, w, b, dZ, z: Tensor<Double>

  /// Draws until no output is near the kink of a ReLU; `x` and `b` are multiplied by `scale`, and
  /// `dZ` by `gradient`.
  init(
    _ n: Int,
    _ d: Int,
    _ m: Int,
    scale: Double = 1,
    gradient: Double = 1,
    using generator: inout Generator
  ) {
    var candidate: Layer
    repeat {
      candidate = Layer(once: n, d, m, scale, using: &generator)
    } while candidate.z.smallest < 1e-3 * scale
    self.init(x: candidate.x, w: candidate.w, b: candidate.b, dZ: gradient * candidate.dZ)
  }

  private init(
    once n: Int,
    _ d: Int,
    _ m: Int,
    _ scale: Double,
    using generator: inout Generator
  ) {
    x = generator.samples(n, d) * scale
    w = generator.normal(shape: [d, m])
    b = generator.signed(0.3...1, shape: [m]) * scale
    dZ = generator.normal(shape: [n, m])
    z = product(x, w) + b
  }

  private init(x: Tensor<Double>, w: Tensor<Double>, b: Tensor<Double>, dZ: Tensor<Double>) {
    (self.x, self.w, self.b, self.dZ) = (x, w, b, dZ)
    z = product(x, w) + b
  }

  var sizes: [String: Int] { ["n": x.shape[0]] }

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

  /// Sizes all different, squares of all kinds, one small in scale and one large; and the sizes of
  /// the first with other values.
  static func draws(using generator: inout Generator) -> [Layer] {
    [
      Layer(6, 3, 4, using: &generator),
      Layer(5, 5, 5, using: &generator),
      Layer(7, 4, 4, using: &generator),
      Layer(4, 2, 5, scale: 0x1p-18, gradient: 0x1p40, using: &generator),
      Layer(3, 6, 2, scale: 0x1p18, gradient: 0x1p-40, using: &generator),
      Layer(1, 4, 3, using: &generator),
      Layer(6, 3, 4, using: &generator),
    ]
  }
}

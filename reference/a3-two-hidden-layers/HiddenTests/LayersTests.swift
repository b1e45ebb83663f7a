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
    try judge("gradReLU", on: Layer.draws(using: &generator)) {
      [try subject(TwoHiddenLayersTask.gradReLU, $0.dZ, $0.z)]
    } expect: {
      [Expected("dZ", $0.dZ * $0.mask, terms: $0.dZ.absolute)]
    }
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
    try judgeGradient {
      $0.dX
    } expect: {
      Expected(
        "dX",
        product($0.dZ, $0.w, transposing: .right),
        terms: product($0.dZ.absolute, $0.w.absolute, transposing: .right)
      )
    }
  }

  func testGradLinearW() throws {
    try judgeGradient {
      $0.dW
    } expect: {
      Expected(
        "dW",
        product($0.x, $0.dZ, transposing: .left),
        terms: product($0.x.absolute, $0.dZ.absolute, transposing: .left)
      )
    }
  }

  func testGradLinearB() throws {
    try judgeGradient {
      $0.dB
    } expect: {
      Expected("dB", $0.dZ.sum(axis: 0), terms: $0.dZ.absolute.sum(axis: 0))
    }
  }

  private func judgeGradient(
    _ part: (LinearGradients) -> Tensor<Double>,
    expect: (Layer) -> Expected
  ) throws {
    var generator = generator()
    try judge("gradLinear", on: Layer.draws(using: &generator)) {
      [part(try subject(TwoHiddenLayersTask.gradLinear, $0.dZ, $0.x, $0.w))]
    } expect: {
      [expect($0)]
    }
  }
}

/// One layer with its input, and a gradient that comes back.
///
/// `n` samples, `d` inputs, `m` outputs.
private struct Layer: Sized {
  let x, w, b, dZ, z: Tensor<Double>

  /// Draws until no output is near the kink of a ReLU; `x` and `b` are multiplied by `scale`.
  init(_ n: Int, _ d: Int, _ m: Int, scale: Double = 1, using generator: inout Generator) {
    var candidate: Layer
    repeat {
      candidate = Layer(once: n, d, m, scale, using: &generator)
    } while candidate.z.smallest < 1e-3 * scale
    self = candidate
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

  var sizes: [String: Int] { ["n": x.shape[0]] }

  var mask: Tensor<Double> { z.map { $0 > 0 ? 1 : 0 } }

  /// Sizes all different, squares of all kinds, one small in scale and one large; and the sizes of
  /// the first with other values.
  static func draws(using generator: inout Generator) -> [Layer] {
    [
      Layer(6, 3, 4, using: &generator),
      Layer(5, 5, 5, using: &generator),
      Layer(7, 4, 4, using: &generator),
      Layer(4, 2, 5, scale: 0x1p-10, using: &generator),
      Layer(3, 6, 2, scale: 0x1p10, using: &generator),
      Layer(1, 4, 3, using: &generator),
      Layer(6, 3, 4, using: &generator),
    ]
  }
}

import CourseKit
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

final class LayersTests: TwoHiddenLayersCase {
  func testRelu() throws {
    var generator = generator()
    let draws = Layer.draws(using: &generator) + Layer.wideDraws(using: &generator)
    try judge("relu", on: draws) { [self] in
      [try subject(TwoHiddenLayersTask.relu, $0.z)]
    } expect: {
      [Expected("a", $0.z * $0.mask, terms: $0.z.absolute)]
    }
  }

  func testGradReLU() throws {
    var generator = generator()
    let draws = Layer.draws(using: &generator)
    let wide = Layer.wideDraws(using: &generator)
    let judgeMask = { [self] (draws: [Layer], asksAgain: Bool) in
      try judge(
        "gradReLU",
        on: draws,
        ask: { [self] in [try subject(TwoHiddenLayersTask.gradReLU, $0.dZ, $0.z)] },
        expect: { [Expected("dZ", $0.dZ * $0.mask, terms: $0.dZ.absolute)] },
        asksAgain: asksAgain
      )
    }
    guard try judgeMask(draws, true) else { return }
    let probes = [0x1p-40, 0x1p40].map { s in
      (
        "z times \(s)",
        { (layer: Layer) in
          let yours = try self.subject(TwoHiddenLayersTask.gradReLU, layer.dZ, s * layer.z)
          return self.distance(yours, layer.dZ * layer.mask) { $0 }
        }
      )
    }
    let isDerived = try judgeDerivation(
      of: "dZ",
      in: "gradReLU",
      on: Array(draws.prefix(3)),
      probes: probes
    )
    if isDerived { _ = try judgeMask(wide, false) }
  }

  func testLinear() throws {
    var generator = generator()
    let wide = Layer.wideDraws(weights: 0x1p40, using: &generator)
    try judge("linear", on: Layer.draws(using: &generator) + wide) { [self] in
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
    let wide = Layer.wideDraws(weights: 0x1p40, using: &generator)
    let ask = { (layer: Layer) in
      part(try self.subject(TwoHiddenLayersTask.gradLinear, layer.dZ, layer.x, layer.w))
    }
    let judgePart = { [self] (draws: [Layer], asksAgain: Bool) in
      try judge(
        "gradLinear",
        on: draws,
        ask: { [try ask($0)] },
        expect: { [expect($0)] },
        asksAgain: asksAgain
      )
    }
    guard try judgePart(draws, true) else { return }
    let error = { (layer: Layer, place: (Tensor<Double>) -> Tensor<Double>) in
      self.distance(try ask(layer), expect(layer).value, in: place)
    }
    let isDerived = try judgeDerivation(
      of: name,
      in: "gradLinear",
      on: Array(draws.prefix(3)),
      probes: [
        ("graded", { try error($0.graded, small) }),
        ("x and w large", { try error($0.large) { $0 } }),
      ]
    )
    if isDerived { _ = try judgePart(wide, false) }
  }
}

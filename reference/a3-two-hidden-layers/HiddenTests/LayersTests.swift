import CourseKit
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

final class LayersTests: TwoHiddenLayersCase {
  func testRelu() throws {
    var generator = generator()
    let draws =
      Layer.draws(using: &generator) + Layer.wideDraws(.masks, using: &generator)
      + Layer.withOutputsOfZero(using: &generator)
    let ask = { [self] (layer: Layer) in [try subject(TwoHiddenLayersTask.relu, layer.z)] }
    let expect = { (layer: Layer) in
      [Expected("a", layer.z * layer.mask, terms: layer.z.absolute)]
    }
    let judged = try judge("relu", on: draws, ask: ask, expect: expect)
    guard judged.isRight else { return }
    let graded = Layer.gradedDraws(using: &generator)
    try judge("relu", on: graded, ask: ask, expect: expect, asksAgain: false, byEntry: true)
    guard judged.isDouble else { return }
    let extreme = Layer.wideDraws(.double, using: &generator)
    try judge("relu", on: extreme, ask: ask, expect: expect, asksAgain: false)
  }

  func testGradReLU() throws {
    var generator = generator()
    let draws = Layer.draws(using: &generator)
    let wide = Layer.wideDraws(.masks, using: &generator)
    let graded = Layer.gradedDraws(using: &generator)
    let judgeMask = { [self] (draws: [Layer], asksAgain: Bool, byEntry: Bool) in
      try judge(
        "gradReLU",
        on: draws,
        ask: { [self] in [try subject(TwoHiddenLayersTask.gradReLU, $0.dZ, $0.z)] },
        expect: { [Expected("dZ", $0.dZ * $0.mask, terms: $0.dZ.absolute)] },
        asksAgain: asksAgain,
        byEntry: byEntry
      )
    }
    let few = Array(draws.prefix(3))
    let probes = [(0x1p-40, 0x1p-18), (0x1p40, 0x1p18)].map { far, near in
      func scaled(_ s: Double, again: (() -> Probe)? = nil) -> Probe {
        probe("z times \(s)", on: few, again: again, right: { $0.dZ * $0.mask }) {
          try self.subject(TwoHiddenLayersTask.gradReLU, $0.dZ, s * $0.z)
        }
      }
      return scaled(far, again: { scaled(near) })
    }
    try judgeGradient(try judgeMask(draws, true, false)) {
      !convict(by: probes, of: "gradReLU", "dZ")
    } wide: {
      let judged = try judgeMask(wide, false, false)
      return judged.isRight ? try judgeMask(graded, false, true) : judged
    } extreme: {
      // Whatever dA is, the mask can be made in single precision.
      try judgeMask(
        wide.flatMap { [$0.withGradient(times: 0x1p-150), $0.withGradient(times: 0x1p150)] },
        false,
        false
      )
    }
  }

  func testLinear() throws {
    var generator = generator()
    let wide = Layer.wideDraws(weights: 0x1p40, using: &generator)
    let judged = try judgeLinear(Layer.draws(using: &generator) + wide, asksAgain: true)
    guard judged.isRight else { return }
    let graded = Layer.gradedDraws(using: &generator)
    try judgeLinear(graded, asksAgain: false, byEntry: true)
    guard judged.isDouble else { return }
    try judgeLinear(Layer.wideDraws(weights: 0x1p200, .double, using: &generator), asksAgain: false)
  }

  @discardableResult
  private func judgeLinear(
    _ draws: [Layer],
    asksAgain: Bool,
    byEntry: Bool = false
  ) throws -> Judged {
    try judge(
      "linear",
      on: draws,
      ask: { [self] in [try subject(TwoHiddenLayersTask.linear, $0.x, $0.w, $0.b)] },
      expect: {
        [Expected("z", $0.z, terms: product($0.x.absolute, $0.w.absolute) + $0.b.absolute)]
      },
      asksAgain: asksAgain,
      byEntry: byEntry
    )
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
    let extreme = Layer.wideDraws(weights: 0x1p200, .double, using: &generator)
    let ask = { (layer: Layer) in
      part(try self.subject(TwoHiddenLayersTask.gradLinear, layer.dZ, layer.x, layer.w))
    }
    let graded = Layer.gradedDraws(using: &generator)
    let judgePart = { [self] (draws: [Layer], asksAgain: Bool, byEntry: Bool) in
      try judge(
        "gradLinear",
        on: draws,
        ask: { [try ask($0)] },
        expect: { [expect($0)] },
        asksAgain: asksAgain,
        byEntry: byEntry
      )
    }
    let few = Array(draws.prefix(3))
    let right = { expect($0).value }
    let probes = [
      probe("graded", on: few.map(\.graded), right: right, in: small, ask: ask),
      probe("x and w large", on: few.map(\.large), right: right, ask: ask),
    ]
    try judgeGradient(try judgePart(draws, true, false)) {
      !convict(by: probes, of: "gradLinear", name)
    } wide: {
      let judged = try judgePart(wide, false, false)
      return judged.isRight ? try judgePart(graded, false, true) : judged
    } extreme: {
      try judgePart(extreme, false, false)
    }
  }
}

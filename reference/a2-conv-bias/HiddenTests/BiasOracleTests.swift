import ConvBiasTask
import CourseKit
import JudgeSupport
import XCTest

/// The vouchers for the reference of the bias's role: each claim tried on whole layers.
final class BiasOracleTests: XCTestCase {
  /// The squared error falls by exactly `n h' w' b^2`, to zero where the target is only shifted,
  /// and no other bias does better.
  func testBestBiasIsBest() {
    var generator = Generator(seed: 1)
    // Those of which one argument is exchanged are no pairs.
    let pairs = 2 * (4 + Geometry.sized.count)
    let draws = Approach.questions(using: &generator).ordinary.prefix(pairs)
    for (index, draw) in draws.enumerated() {
      let bias = draw.expected.value
      let (before, after) = (
        draw.squaredError(with: .zeros(shape: bias.shape)), draw.squaredError(with: bias)
      )
      let shape = draw.response.shape
      let fall = bias.squared() * Double(shape[0] * shape[2] * shape[3])
      expect(before - after, fall, in: before + after)
      if !index.isMultiple(of: 2) { expect(after, .zeros(shape: after.shape), in: before) }
      for factor in [0.99, 1.01] {
        let other = draw.squaredError(with: bias * factor)
        XCTAssert(zip(after.scalars, other.scalars).allSatisfy { $0 < $1 })
      }
    }
  }

  /// The shifted image gives what the image gives with the new bias.
  func testShiftIsAbsorbed() {
    var generator = Generator(seed: 2)
    for draw in Shift.questions(using: &generator).all {
      let it = draw.convolution
      let shifted = it.response(it.x + draw.shift.onChannels, it.weight) + it.bias.onChannels
      let absorbed = it.response(it.x, it.weight) + draw.expected.value.onChannels
      expect(absorbed, shifted, in: it.responseTerms + draw.expected.scale)
    }
  }

  /// With the bias added and subtracted again by the mean: the same output, and no gradient.
  func testBatchNormDoesNotHearTheBias() {
    var generator = Generator(seed: 3)
    // Differences take long on many places, and see nothing there that they do not see on few.
    for draw in Normalization.questions(using: &generator).all
    where draw.convolution.geometry.outputShape.reduce(1, *) < 150 {
      let it = draw.convolution
      let u = { (bias: Tensor<Double>) in
        let y = it.response(it.x, it.weight) + bias.onChannels
        let deviation = y - y.channelMean.onChannels
        let root = (deviation.squared().channelMean + draw.epsilon).squareRoot()
        let xHat = deviation / root.onChannels
        return draw.gamma.onChannels * xHat + draw.beta.onChannels
      }
      for bias in [it.bias, it.bias + 7 * it.scale] {
        let expected = draw.expected("u")
        expect(u(bias), expected.value, in: Tensor([expected.scale]))
      }
      let differences = checkGradient(
        of: u,
        at: it.bias,
        named: "dBias",
        scale: draw.expectedBiasGradient.scale / draw.linear,
        step: 1e-3 * it.scale,
        tolerance: 1e-9
      ) { _ in draw.expectedBiasGradient.value }
      XCTAssert(differences.passed, "\(differences)")
    }
  }

  /// Convolution and batch normalization at inference, one after the other and folded.
  func testOneLayerDoesTheWorkOfTwo() {
    var generator = Generator(seed: 4)
    for draw in Folding.questions(using: &generator).all {
      let shape = draw.weight.shape
      let geometry = Geometry(
        n: 2,
        c: shape[1],
        o: shape[0],
        size: (8, 9),
        kernel: (shape[2], shape[3])
      )
      let it = Convolution(geometry, using: &generator)
      let bias = draw.bias ?? .zeros(shape: draw.beta.shape)
      let y = it.response(it.x, draw.weight) + bias.onChannels
      let root = (draw.running.variance + draw.epsilon).squareRoot()
      let xHat = (y - draw.running.mean.onChannels) / root.onChannels
      let two = draw.gamma.onChannels * xHat + draw.beta.onChannels
      let (weight, folded) = (draw.expectedWeight.value, draw.expectedBias.value)
      let one = it.response(it.x, weight) + folded.onChannels
      let terms = it.response(it.x.absolute, weight.absolute)
      expect(one, two, in: terms + draw.expectedBias.scale)
    }
  }

  private func expect(
    _ left: Tensor<Double>,
    _ right: Tensor<Double>,
    in terms: Tensor<Double>,
    file: StaticString = #filePath,
    line: UInt = #line
  ) {
    let unit = terms.scalars.max() ?? 0
    let worst = (left - right).absolute.scalars.max() ?? .infinity
    XCTAssertLessThan(worst / unit, 1e-14, file: file, line: line)
  }
}

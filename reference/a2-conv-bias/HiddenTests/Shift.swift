import CourseKit

/// A convolution and a shift of its input channels: the reference for the bias that absorbs it.
struct Shift {
  let convolution: Convolution
  let shift: Tensor<Double>

  /// Not as small as elsewhere: who shifts an image of ordinary numbers, and asks the layer, is
  /// right.
  static func draws(using generator: inout Generator) -> [Shift] {
    Convolution.draws(Geometry.plain, scale: 0x1p30, using: &generator).map {
      let shift = generator.signed(0.5...2, count: $0.geometry.c) * $0.scale
      return Shift(convolution: $0, shift: shift)
    }
  }

  var expected: Expected {
    let (weight, bias) = (convolution.weight, convolution.bias)
    return Expected(
      "bias",
      bias + added(weight, shift),
      terms: bias.absolute + added(weight.absolute, shift.absolute)
    )
  }

  /// The constant that the shift adds to every answer of each filter.
  private func added(_ weight: Tensor<Double>, _ shift: Tensor<Double>) -> Tensor<Double> {
    (weight * shift.onChannels).sum(axis: 3).sum(axis: 2).sum(axis: 1)
  }
}

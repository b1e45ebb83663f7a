import CourseKit
import JudgeSupport

/// A convolution and a shift of its input channels: the reference for the bias that absorbs it.
struct Shift {
  var convolution: Convolution
  var shift: Tensor<Double>

  /// Not as small as elsewhere: who shifts an image of ordinary numbers, and asks the layer, is
  /// right.
  static func questions(using generator: inout Generator) -> Questions<Shift> {
    let convolutions = Convolution.questions(
      Geometry.plain,
      sized: Geometry.sized,
      scale: 0x1p30,
      using: &generator
    )
    func draw(_ convolution: Convolution) -> Shift {
      let shift = generator.signed(0.5...2, count: convolution.geometry.c)
      return Shift(convolution: convolution, shift: shift * convolution.scale)
    }
    var questions = convolutions.flatMap { [draw($0)] }
    var withZeros = draw(Convolution(Geometry.plain[0], using: &generator))
    (withZeros.shift[1], withZeros.convolution.bias[0], withZeros.convolution.bias[2]) = (0, 0, 0)
    var bare = draw(Convolution(Geometry.plain[0], using: &generator))
    bare.convolution.bias *= 0
    var idle = draw(Convolution(Geometry.plain[0], using: &generator))
    idle.shift *= 0
    questions.unusual += [withZeros, bare, idle]
    return questions.exchanging(
      \.convolution.weight,
      \.convolution.bias,
      \.shift,
      drawing: { draw(Convolution(Geometry.plain[0], using: &generator)) }
    )
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

import CourseKit
import JudgeSupport

/// A response and the target that a bias is to bring it near: the reference for the best bias.
struct Approach {
  var response: Tensor<Double>
  var target: Tensor<Double>

  /// Targets of their own, and targets that are the response shifted by one number for each
  /// channel: nothing but a bias can reach those.
  ///
  /// Not as small as elsewhere: who starts at a bias of 1 and steps from there is right.
  static func questions(using generator: inout Generator) -> Questions<Approach> {
    let convolutions = Convolution.questions(
      Geometry.stridedAndPadded,
      sized: Geometry.sized,
      scale: 0x1p30,
      using: &generator
    )
    return convolutions.flatMap { draw in
      let other = generator.images(draw.geometry.outputShape) * draw.scale
      return [
        Approach(response: draw.dY, target: other),
        Approach(response: draw.dY, target: draw.dY + (draw.bias / draw.weightScale).onChannels),
      ]
    }.exchanging(
      \.response,
      \.target,
      drawing: {
        let shape = Geometry.stridedAndPadded[0].outputShape
        return Approach(response: generator.images(shape), target: generator.images(shape))
      }
    )
  }

  /// For each channel, the sum of the squared distances from the target.
  func squaredError(with bias: Tensor<Double>) -> Tensor<Double> {
    (response + bias.onChannels - target).squared().channelSum
  }

  var expected: Expected {
    let terms = target.absolute + response.absolute
    return Expected("bias", (target - response).channelMean, terms: terms.channelMean)
  }
}

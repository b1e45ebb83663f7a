import CourseKit
import JudgeSupport

/// A response and the target that a bias is to bring it near: the reference for the best bias.
struct Approach {
  var response: Tensor<Double>
  var target: Tensor<Double>
  var isGraded = false

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
    var questions = convolutions.flatMap { draw -> [Approach] in
      let other = generator.images(draw.geometry.outputShape) * draw.scale
      let own = Approach(response: draw.dY, target: other, isGraded: draw.isGraded)
      guard !draw.isGraded else { return [own] }
      let shift = (draw.bias / draw.weightScale).onChannels
      return [own, Approach(response: draw.dY, target: draw.dY + shift)]
    }
    questions.unusual += plain(using: &generator)
    return questions.exchanging(
      \.response,
      \.target,
      drawing: {
        let shape = Geometry.stridedAndPadded[0].outputShape
        return Approach(response: generator.images(shape), target: generator.images(shape))
      }
    )
  }

  /// A target that is reached already, one of zeros, zeros in both, one sign.
  private static func plain(using generator: inout Generator) -> [Approach] {
    let draws = (0..<3).map { _ in generator.images(Geometry.plain[0].outputShape) }
    let (response, target) = (draws[0], draws[1])
    func whole(_ images: Tensor<Double>) -> Tensor<Double> {
      images.map { ($0 * 1.5).rounded(.towardZero) }
    }
    return [
      Approach(response: draws[2], target: draws[2]),
      Approach(response: response, target: 0 * target),
      Approach(response: 0 * response, target: target),
      Approach(response: whole(response), target: whole(target)),
      Approach(response: -response.absolute, target: target),
      Approach(response: response.absolute, target: target.absolute),
      Approach(response: response, target: -target.absolute),
    ]
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

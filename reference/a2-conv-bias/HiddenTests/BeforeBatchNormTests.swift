import ConvBiasTask
import CourseKit
import JudgeSupport
import XCTest

final class BeforeBatchNormTests: ConvBiasCase {
  /// The reference has no bias at all, so answers that hear the student's differ from it, whatever
  /// the bias is; it is asked for with two.
  func testConvThenBatchNorm() throws {
    if isSearching {
      try search { [self] in
        [try ask($0, bias: $0.convolution.bias)]
      } expecting: { (draw: Normalization) in
        .returns([("u", draw.expected("u").value)])
      }
    }
    var generator = generator()
    let questions = Normalization.questions(using: &generator)
    try judge("convThenBatchNorm", on: questions) { [self] draw in
      try [0, 7].map { more in
        try ask(draw, bias: draw.convolution.bias + more * draw.convolution.scale)
      }
    } expect: { draw, _ in
      [draw.expected("u"), draw.expected("u with another bias")]
    }
  }

  private func ask(_ draw: Normalization, bias: Tensor<Double>) throws -> Tensor<Double> {
    try subject(
      ConvBiasTask.convThenBatchNorm,
      draw.convolution.x,
      draw.convolution.weight,
      bias,
      draw.gamma,
      draw.beta,
      draw.epsilon
    )
  }

  func testBiasGradient() throws {
    var generator = generator()
    var questions = Normalization.questions(using: &generator)
    // Rounding of a large channel is no error of a small one if the student's own sum mixes them.
    questions.unusual.removeAll(where: \.isGraded)
    try judge("biasGradientBeforeBatchNorm", on: questions) { [self] draw in
      try subject(
        ConvBiasTask.gradBiasBeforeBatchNorm,
        draw.convolution.dY,
        draw.convolution.x,
        draw.convolution.weight,
        draw.convolution.bias,
        draw.gamma,
        draw.epsilon
      )
    } expect: {
      $0.expectedBiasGradient
    }
  }
}

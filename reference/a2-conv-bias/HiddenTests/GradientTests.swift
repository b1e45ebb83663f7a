import ConvBiasTask
import CourseKit
import JudgeSupport
import XCTest

final class GradientTests: ConvBiasCase {
  func testGradBias() throws {
    var generator = generator()
    let questions = Convolution.questions(
      Geometry.stridedAndPadded,
      sized: Geometry.sized,
      using: &generator
    ).exchanging(
      \.dY,
      drawing: { Convolution(Geometry.stridedAndPadded[0], using: &generator) }
    )
    try judge("convGradBias", convolutions: questions) { [self] in
      try subject(ConvBiasTask.gradBias, $0.dY)
    } expect: {
      $0.expectedBiasGradient
    }
  }

  func testGradWeight() throws {
    var generator = generator()
    try judgeGradWeight(on: plainQuestions(\.x, using: &generator))
  }

  func testGradWeightStrideAndPadding() throws {
    var generator = generator()
    let questions = stridedQuestions(
      \.dY,
      \.x,
      \.geometry.kernel.0,
      \.geometry.kernel.1,
      using: &generator
    )
    try judgeGradWeight(on: questions)
  }

  func testGradInput() throws {
    var generator = generator()
    try judgeGradInput(on: plainQuestions(\.weight, using: &generator))
  }

  func testGradInputStrideAndPadding() throws {
    var generator = generator()
    let questions = stridedQuestions(
      \.dY,
      \.weight,
      \.geometry.size.0,
      \.geometry.size.1,
      using: &generator
    )
    try judgeGradInput(on: questions)
  }

  private func plainQuestions(
    _ argument: WritableKeyPath<Convolution, Tensor<Double>>,
    using generator: inout Generator
  ) -> Questions<Convolution> {
    Convolution.questions(Geometry.plain, sized: Geometry.sized, using: &generator).exchanging(
      \.dY,
      argument,
      drawing: { Convolution(Geometry.plain[0], using: &generator) }
    )
  }

  /// First comes a geometry that has as many outputs with other strides, paddings, filters and
  /// images.
  private func stridedQuestions<each Argument>(
    _ arguments: repeat WritableKeyPath<Convolution, each Argument>,
    using generator: inout Generator
  ) -> Questions<Convolution> {
    Convolution.questions(
      [Geometry.loose] + Geometry.stridedAndPadded.dropFirst(),
      sized: Geometry.stridedAndPadded.prefix(1) + Geometry.sizedStridedAndPadded,
      using: &generator
    ).exchanging(
      repeat each arguments,
      \.geometry.stride.0,
      \.geometry.stride.1,
      \.geometry.padding.0,
      \.geometry.padding.1,
      drawing: {
        var other = Convolution(Geometry.loose, using: &generator)
        other.geometry = .looseOtherwise
        return other
      }
    )
  }

  private func judgeGradWeight(on questions: Questions<Convolution>) throws {
    try judge("convGradWeight", convolutions: questions) { [self] in
      try subject(
        ConvBiasTask.gradWeight,
        $0.dY,
        $0.x,
        Pair($0.geometry.kernel),
        Pair($0.geometry.stride),
        Pair($0.geometry.padding)
      )
    } expect: {
      $0.expectedWeightGradient
    }
  }

  private func judgeGradInput(on questions: Questions<Convolution>) throws {
    try judge("convGradInput", convolutions: questions) { [self] in
      try subject(
        ConvBiasTask.gradInput,
        $0.dY,
        $0.weight,
        Pair($0.geometry.size),
        Pair($0.geometry.stride),
        Pair($0.geometry.padding)
      )
    } expect: {
      $0.expectedInputGradient
    }
  }
}

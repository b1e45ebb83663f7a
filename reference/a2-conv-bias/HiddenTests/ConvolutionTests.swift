import ConvBiasTask
import CourseKit
import JudgeEvents
import JudgeSupport
import XCTest

/// With a bias of zeros: what nil and other biases do costs its points below.
final class ConvolutionTests: ConvBiasCase {
  func testPlain() throws {
    try judge(on: Geometry.plain, sized: Geometry.sized.filter(\.hasRoom))
  }

  func testStride() throws {
    try judge(
      on: Geometry.strided,
      sized: Geometry.sizedAndStrided.filter(\.hasRoom),
      exchanging: \.geometry.stride.0,
      \.geometry.stride.1
    )
  }

  func testPadding() throws {
    try judge(
      on: Geometry.padded,
      sized: Geometry.sizedAndPadded.filter(\.hasRoom),
      exchanging: \.geometry.padding.0,
      \.geometry.padding.1
    )
    try judgePaddingUnderStride()
  }

  private func judge<each Argument>(
    on geometries: [Geometry],
    sized: [Geometry],
    exchanging arguments: repeat WritableKeyPath<Convolution, each Argument>
  ) throws {
    var generator = generator()
    let questions = Convolution.questions(geometries, sized: sized, using: &generator).exchanging(
      \.x,
      \.weight,
      repeat each arguments,
      drawing: { Convolution(geometries[0].steppingOtherwise, using: &generator) }
    )
    try judge("conv2d", convolutions: questions) { [self] in
      try response($0.x, $0.weight, $0.bias * 0, $0.geometry)
    } expect: {
      $0.expectedResponse
    }
  }

  /// Padding and stride together: the same as zeros around the image, then the stride alone, which
  /// is the student's own and judged elsewhere.
  private func judgePaddingUnderStride() throws {
    var generator = generator("with stride")
    var draws = Convolution.questions(Geometry.stridedAndPadded, sized: [], using: &generator)
    // The student's own answers agree to the last digit in single precision too.
    draws.extreme = []
    try judge("conv2d", on: draws) { [self] draw in
      var bare = draw.geometry
      bare.padding = (0, 0)
      let (framed, zero) = (framed(draw.x, draw.geometry.padding), draw.bias * 0)
      return [
        try response(draw.x, draw.weight, zero, draw.geometry),
        try response(framed, draw.weight, zero, bare),
      ]
    } expect: { draw, answers in
      [Expected("y with padding and stride", answers[1], terms: draw.responseTerms)]
    }
  }

  private func framed(_ x: Tensor<Double>, _ padding: (Int, Int)) -> Tensor<Double> {
    let (h, w) = (x.shape[2], x.shape[3])
    var framed = Tensor<Double>.zeros(
      x.shape[0],
      x.shape[1],
      h + 2 * padding.0,
      w + 2 * padding.1
    )
    for (place, value) in x.scalars.enumerated() {
      let (image, row, column) = (place / (h * w), place / w % h, place % w)
      let (sample, channel) = (image / x.shape[1], image % x.shape[1])
      framed[sample, channel, row + padding.0, column + padding.1] = value
    }
    return framed
  }
}

/// The bias alone: responses are held against the student's own without a bias, so that a slip
/// among the products costs nothing here.
final class ConvolutionBiasTests: ConvBiasCase {
  func testBias() throws {
    if isSearching { try searchBias() }
    var generator = generator()
    let questions = Convolution.questions(
      Geometry.stridedAndPadded,
      sized: Geometry.large,
      using: &generator
    ).exchanging(
      \.bias,
      drawing: { Convolution(Geometry.stridedAndPadded[0], using: &generator) }
    )
    try judge("conv2d", on: questions) { [self] draw in
      try answers(draw)
    } expect: { draw, answers in
      let free = answers[0]
      guard hears(draw, free) else { return [] }
      let (bias, terms) = (draw.bias.onChannels, draw.responseTerms)
      return [
        Expected("y without a bias", free, terms: terms),
        Expected("y of an image of zeros", .zeros(shape: free.shape) + bias, terms: bias.absolute),
        Expected("y with a bias", free + bias, terms: terms + bias.absolute),
        Expected("y with a bias of 0", free, terms: terms),
        Expected("y of -3 times the image, without a bias", -3 * free, terms: 3 * terms),
      ]
    }
  }

  /// No bias where all of it is zero, which is another argument and the same response.
  private func searchBias() throws {
    try search { [self] (draw: Convolution) in
      let bias = draw.bias.scalars.contains { $0 != 0 } ? draw.bias : nil
      return [try response(draw.x, draw.weight, bias, draw.geometry)]
    } expecting: { draw in
      .returns([("y", draw.response(draw.x, draw.weight) + draw.bias.onChannels)])
    }
  }

  private func answers(_ draw: Convolution) throws -> [Tensor<Double>] {
    let (x, weight, geometry) = (draw.x, draw.weight, draw.geometry)
    let black = Tensor<Double>.zeros(shape: x.shape)
    return [
      try response(x, weight, nil, geometry),
      try response(black, weight, draw.bias, geometry),
      try response(x, weight, draw.bias, geometry),
      try response(x, weight, draw.bias * 0, geometry),
      try response(-3 * x, weight, nil, geometry),
    ]
  }

  /// Tells whether there is a response to which a bias can be added: else constants would earn
  /// points.
  private func hears(_ draw: Convolution, _ free: Tensor<Double>) -> Bool {
    let shape = draw.geometry.outputShape
    guard free.rank == 4, free.shape[0...1] == shape[0...1] else {
      tell(.wrongShape(what: "y without a bias", yours: free.shape, expected: shape))
      XCTFail("the response without a bias has shape \(free.shape)")
      return false
    }
    let largest = draw.responseTerms.scalars.max() ?? 0
    // What is no number is told as that, by the comparisons.
    guard free.scalars.contains(where: { !(abs($0) <= 1e-3 * largest) }) else {
      tell(.remark("Without a bias, conv2d gives no response to some image, or hardly any."))
      XCTFail("the response without a bias has no loud entries")
      return false
    }
    return true
  }
}

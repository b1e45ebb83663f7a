import CourseKit
import LectureEngine
import XCTest

/// The layers that only models use: finite differences, hand cases, refusals.
final class ModelPartTests: XCTestCase {
  private var generator = Generator(seed: 3)

  func testSubsamplingByHand() throws {
    var layer = Subsampling<Double>(maps: 1)
    let image = Tensor<Double>(shape: [1, 1, 2, 4], scalars: [1, 2, 3, 4, 5, 6, 7, 8])
    XCTAssertEqual(try layer(image).scalars, [3.5, 5.5])
    layer.weight = Tensor([2])
    layer.bias = Tensor([100])
    XCTAssertEqual(try layer(image).scalars, [128, 144])
  }

  func testSubsamplingGradients() throws {
    var layer = Subsampling<Double>(maps: 3)
    layer.weight = generator.normal(shape: [3])
    layer.bias = generator.normal(shape: [3])
    XCTAssertEqual(
      try gradientErrors(of: layer, at: generator.normal(shape: [2, 3, 4, 6])),
      []
    )
  }

  func testTableConvolutionSeesOnlyTheMapsOfItsTable() throws {
    let layer = TableConv2d<Double>(
      inputs: 3,
      table: [[2], [0, 1]],
      kernel: 2,
      .constant(1),
      using: &generator
    )
    var input = Tensor<Double>.zeros(1, 3, 2, 2)
    for index in 0..<12 { input.scalars[index] = [1.0, 10, 100][index / 4] }
    XCTAssertEqual(try layer(input).scalars, [401, 45])
    XCTAssertEqual(layer.weight.shape, [3, 2, 2])
  }

  func testTableConvolutionGradients() throws {
    var layer = TableConv2d<Double>(
      inputs: 3,
      table: [[2], [1, 0], [0, 1, 2], [1]],
      kernel: Extent(3, 2),
      .kaiming,
      using: &generator
    )
    layer.bias = generator.normal(shape: [4])
    XCTAssertEqual(
      try gradientErrors(of: layer, at: generator.normal(shape: [2, 3, 5, 6])),
      []
    )
  }

  func testPaddingShortcutByHand() throws {
    let layer = PaddingShortcut<Double>(3, stride: 2)
    let image = Tensor<Double>(shape: [1, 1, 3, 3], scalars: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    let output = try layer(image)
    XCTAssertEqual(output.shape, [1, 3, 2, 2])
    XCTAssertEqual(output.scalars, [1, 3, 7, 9, 0, 0, 0, 0, 0, 0, 0, 0])
    XCTAssertEqual(layer.parameterCount, 0)
  }

  func testPaddingShortcutGradients() throws {
    let layer = PaddingShortcut<Double>(4, stride: 2)
    XCTAssertEqual(
      try gradientErrors(of: layer, at: generator.normal(shape: [2, 3, 4, 5])),
      []
    )
  }

  func testBlockGradients() throws {
    let shortcuts: [ResNetPlan.Shortcut] = [.projection, .padding, .none]
    for shortcut in shortcuts {
      for (isBottleneck, stride) in [(false, 1), (false, 2), (true, 1), (true, 2)] {
        let block = try ResNetBlock<Double>(
          inputs: 3,
          width: isBottleneck ? 2 : 5,
          stride: stride,
          isBottleneck: isBottleneck,
          shortcut: shortcut,
          .kaiming,
          using: &generator
        )
        XCTAssertEqual(
          try gradientErrors(of: block, at: generator.normal(shape: [3, 3, 4, 5])),
          [],
          "\(shortcut), bottleneck \(isBottleneck), stride \(stride)"
        )
      }
    }
  }

  func testBlockOfTheSameShapeHasTheIdentityAsShortcut() throws {
    let block = try ResNetBlock<Double>(
      inputs: 2,
      width: 2,
      stride: 1,
      isBottleneck: false,
      shortcut: .projection,
      .zero,
      using: &generator
    )
    // Filters of zeros: norms give zeros, and what is left is the rectified input.
    let x: Tensor<Double> = generator.normal(shape: [2, 2, 3, 3])
    XCTAssertEqual(try block.forward(x, mode: .training).output, x.maximum(0))
    let (_, cache) = try block.forward(x, mode: .training)
    let (dInput, _) = try block.backward(.ones(shape: x.shape), cache: cache)
    XCTAssertEqual(dInput, x.map { $0 < 0 ? 0 : 1 })
  }

  func testMixerPartGradients() throws {
    let size = MixerSize(patch: 2, channels: 5, depth: 1, tokenHidden: 4, channelHidden: 7)
    var block = MixerBlock<Double>(tokens: 6, size: size, .xavier, using: &generator)
    randomize(&block)
    XCTAssertEqual(
      try gradientErrors(of: block, at: generator.normal(shape: [2, 6, 5])),
      []
    )
    let stem = try PatchEmbedding<Double>(
      patch: 2,
      inputs: 3,
      outputs: 5,
      .xavier,
      using: &generator
    )
    XCTAssertEqual(
      try gradientErrors(of: stem, at: generator.normal(shape: [2, 3, 4, 6])),
      []
    )
    XCTAssertEqual(
      try gradientErrors(of: TokenMean(), at: generator.normal(shape: [2, 4, 3])),
      []
    )
  }

  func testPatchesAreReadRowByRow() throws {
    var stem = try PatchEmbedding<Double>(
      patch: 1,
      inputs: 1,
      outputs: 2,
      .zero,
      using: &generator
    )
    stem.projection.weight = Tensor(shape: [2, 1, 1, 1], scalars: [1, 10])
    let image = Tensor<Double>(shape: [1, 1, 2, 3], scalars: [1, 2, 3, 4, 5, 6])
    XCTAssertEqual(
      try stem(image),
      Tensor(shape: [1, 6, 2], scalars: [1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60])
    )
  }

  private func randomize<L: Layer>(_ layer: inout L) where L.Scalar == Double {
    layer.visitParameters { _, value in value += generator.normal(shape: value.shape) / 3 }
  }
}

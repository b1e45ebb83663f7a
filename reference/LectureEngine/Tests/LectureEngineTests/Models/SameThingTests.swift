import CourseKit
import LectureEngine
import XCTest

/// Rows of the lecture that say: this layer is that one (S50, S55, S56).
final class SameThingTests: XCTestCase {
  private var generator = Generator(seed: 8)

  /// S56: `linear(x.T).T`; the slide's text lost a transpose.
  func testOneByOneConvolutionIsALinearLayerOverChannels() throws {
    let weight: Tensor<Double> = generator.normal(shape: [5, 3])
    let bias: Tensor<Double> = generator.normal(shape: [5])
    let x: Tensor<Double> = generator.normal(shape: [3, 9])
    let dy: Tensor<Double> = generator.normal(shape: [5, 9])

    let linear = try Linear(weight: weight, bias: bias)
    let (rows, linearCache) = try linear.forward(x.transposed(), mode: .training)
    let (dRows, linearGradients) = try linear.backward(dy.transposed(), cache: linearCache)
    XCTAssertEqual(rows.transposed().shape, [5, 9])

    let conv = try Conv1d(weight: weight.reshaped(5, 3, 1), bias: bias)
    let (output, convCache) = try conv.forward(x.reshaped(1, 3, 9), mode: .training)
    let (dInput, convGradients) = try conv.backward(dy.reshaped(1, 5, 9), cache: convCache)

    assertSame(output.reshaped(5, 9), rows.transposed())
    assertSame(dInput.reshaped(3, 9), dRows.transposed())
    assertSame(try XCTUnwrap(convGradients["bias"]), try XCTUnwrap(linearGradients["bias"]))
    assertSame(
      try XCTUnwrap(convGradients["weight"]).reshaped(5, 3),
      try XCTUnwrap(linearGradients["weight"])
    )
  }

  /// S55: one filter for all channels that covers all tokens, and as many of them as outputs.
  func testTokenMixingIsADepthwiseConvolutionWithOneSharedSetOfFilters() throws {
    let (samples, channels, tokens, outputs) = (2, 3, 5, 4)
    let weight: Tensor<Double> = generator.normal(shape: [outputs, tokens])
    let bias: Tensor<Double> = generator.normal(shape: [outputs])
    let x: Tensor<Double> = generator.normal(shape: [samples, channels, tokens])
    let dy: Tensor<Double> = generator.normal(shape: [samples, channels, outputs])

    let mixing = try Linear(weight: weight, bias: bias)
    let (mixed, mixingCache) = try mixing.forward(x, mode: .training)
    let (dMixed, mixingGradients) = try mixing.backward(dy, cache: mixingCache)

    // The same filters for every channel; each sees the whole of its channel, and nothing else.
    let shared = Tensor(
      shape: [channels * outputs, 1, tokens],
      scalars: (0..<channels).flatMap { _ in weight.scalars }
    )
    let biases = Tensor((0..<channels).flatMap { _ in bias.scalars })
    let depthwise = try Conv1d(weight: shared, bias: biases, groups: channels)
    let (output, cache) = try depthwise.forward(x, mode: .training)
    let (dInput, gradients) = try depthwise.backward(
      dy.reshaped(samples, channels * outputs, 1),
      cache: cache
    )

    assertSame(output.reshaped(to: mixed.shape), mixed)
    assertSame(dInput, dMixed)
    // What is shared gets the sum of what the channels ask for.
    assertSame(
      try XCTUnwrap(gradients["weight"]).reshaped(channels, outputs, tokens).sum(axis: 0),
      try XCTUnwrap(mixingGradients["weight"])
    )
    assertSame(
      try XCTUnwrap(gradients["bias"]).reshaped(channels, outputs).sum(axis: 0),
      try XCTUnwrap(mixingGradients["bias"])
    )
  }

  /// S50.
  func testGlobalAveragePoolingGivesEveryPixelTheSameShare() throws {
    let x: Tensor<Double> = generator.normal(shape: [2, 3, 4, 5])
    let (output, cache) = try GlobalAveragePool<Double>().forward(x, mode: .training)
    XCTAssertEqual(output.shape, [2, 3])
    let dInput = try GlobalAveragePool<Double>().backward(.ones(2, 3), cache: cache).dInput
    XCTAssertEqual(dInput, Tensor(repeating: 1.0 / 20, shape: [2, 3, 4, 5]))
  }

  /// S53: an MLP over patches is a convolution that moves by its own size.
  func testPatchEmbeddingIsOneLinearLayerForAllPatches() throws {
    let stem = try PatchEmbedding<Double>(
      patch: 2,
      inputs: 3,
      outputs: 5,
      .xavier,
      using: &generator
    )
    let image: Tensor<Double> = generator.normal(shape: [1, 3, 4, 6])
    let tokens = try stem(image)
    let linear = try Linear(
      weight: stem.projection.weight.reshaped(5, 12),
      bias: stem.projection.bias
    )
    // The last patch: rows 2 and 3, columns 4 and 5.
    let patch = (0..<3).flatMap { channel in
      [16, 17, 22, 23].map { image.scalars[channel * 24 + $0] }
    }
    assertSame(try linear(Tensor([patch])).row(0), tokens.row(0).row(5))
  }

  private func assertSame(
    _ actual: Tensor<Double>,
    _ expected: Tensor<Double>,
    line: UInt = #line
  ) {
    XCTAssertEqual(actual.shape, expected.shape, line: line)
    let largest = (actual - expected).map { abs($0) }.scalars.max() ?? 0
    // A dozen terms of size 1, added in another order.
    XCTAssertLessThan(largest, 1e-14 * 10, line: line)
  }
}

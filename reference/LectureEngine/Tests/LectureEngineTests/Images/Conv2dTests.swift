import CourseKit
import CourseKitKernels
import LectureEngine
import XCTest

final class Conv2dTests: XCTestCase {
  /// Kernel, stride, padding, groups, and channels in and out: no two sizes alike.
  private struct Case {
    var kernel: Extent = Extent(3, 2)
    var stride: Extent = 1
    var padding: Extent = 0
    var groups = 1
    var channels = (inputs: 3, outputs: 4)
    var image = Extent(7, 6)
    var hasBias = true

    func layer(_ generator: inout Generator) throws -> Conv2d<Double> {
      try Conv2d(
        weight: generator.normal(
          shape: [channels.outputs, channels.inputs / groups, kernel.height, kernel.width]
        ),
        bias: hasBias ? generator.normal(shape: [channels.outputs]) : nil,
        stride: stride,
        padding: padding,
        groups: groups
      )
    }
  }

  private let cases = [
    Case(),
    Case(stride: Extent(2, 3), padding: Extent(1, 2)),
    Case(kernel: 3, padding: 1, hasBias: false),
    Case(kernel: Extent(5, 4), stride: 3, padding: Extent(4, 3)),
    Case(stride: 2, padding: 1, groups: 2, channels: (4, 6)),
    Case(kernel: 3, padding: 1, groups: 4, channels: (4, 4)),
    Case(kernel: Extent(2, 3), stride: 2, padding: Extent(0, 1), groups: 3, channels: (3, 3)),
    Case(groups: 3, channels: (3, 6), hasBias: false),
    Case(kernel: 1),
    Case(kernel: 1, stride: 2, hasBias: false),
    Case(kernel: Extent(7, 6), channels: (2, 3)),
    Case(kernel: 3, channels: (6, 5), image: Extent(6, 13)),
    Case(kernel: 2, padding: 1, channels: (1, 7), image: Extent(4, 19)),
  ]

  override func tearDown() { ck_limit_instructions(.avx512) }

  func testSinglePrecisionEqualsTheDefinitionOnEveryInstructionSet() throws {
    var generator = Generator(seed: 11)
    for configuration in cases {
      let layer = try configuration.layer(&generator)
      let image = configuration.image
      let x: Tensor<Double> = generator.normal(
        shape: [2, configuration.channels.inputs, image.height, image.width]
      )
      let single = try Conv2d(
        weight: layer.weight.converted(to: Float.self),
        bias: layer.bias?.converted(to: Float.self),
        stride: layer.window.stride,
        padding: layer.window.padding,
        groups: layer.groups
      )
      for limit in [ck_instruction_set.portable, .avx2, .avx512] {
        ck_limit_instructions(limit)
        let output = try single(x.converted(to: Float.self)).converted(to: Double.self)
        // Sums of up to a hundred terms of size 1 in Float.
        XCTAssertLessThan(
          largestDifference(output, plainConvolution(x, layer)),
          1e-4,
          "\(limit), \(configuration)"
        )
      }
    }
  }

  func testEqualsTheDefinition() throws {
    var generator = Generator(seed: 1)
    for configuration in cases {
      let layer = try configuration.layer(&generator)
      let image = configuration.image
      let x: Tensor<Double> = generator.normal(
        shape: [2, configuration.channels.inputs, image.height, image.width]
      )
      // Sums of up to a hundred terms of size 1, in another order.
      XCTAssertLessThan(
        largestDifference(try layer(x), plainConvolution(x, layer)),
        1e-13,
        "\(configuration)"
      )
    }
  }

  func testGradients() throws {
    var generator = Generator(seed: 2)
    for configuration in cases {
      let layer = try configuration.layer(&generator)
      let image = configuration.image
      let x: Tensor<Double> = generator.normal(
        shape: [2, configuration.channels.inputs, image.height, image.width]
      )
      XCTAssertEqual(try gradientErrors(of: layer, at: x), [], "\(configuration)")
    }
  }

  func testProductsAreAdjointForAnySizes() throws {
    // Kernels larger than the image, padding larger than the kernel, strides over the end.
    var generator = Generator(seed: 7)
    func any(_ range: ClosedRange<Int>) -> Int {
      range.lowerBound + Int(generator.next() % UInt64(range.count))
    }
    for _ in 0..<200 {
      let groups = any(1...3)
      let weight: Tensor<Double> = generator.normal(
        shape: [groups * any(1...3), any(1...3), any(1...5), any(1...5)]
      )
      let layer = try Conv2d(
        weight: weight,
        bias: nil,
        stride: Extent(any(1...3), any(1...3)),
        padding: Extent(any(0...6), any(0...6)),
        groups: groups
      )
      let image = Extent(any(1...9), any(1...20))
      guard layer.window.outputExtent(of: image) != nil else { continue }
      let x: Tensor<Double> = generator.normal(
        shape: [any(1...2), groups * weight.shape[1], image.height, image.width]
      )
      let (y, cache) = try layer.forward(x, mode: .training)
      let cotangent: Tensor<Double> = generator.normal(shape: y.shape)
      let (dInput, gradients) = try layer.backward(cotangent, cache: cache)
      let product = innerProduct(y, cotangent)
      let sizes = "\(x.shape) \(weight.shape) \(layer.window)"
      XCTAssertEqual(innerProduct(x, dInput), product, accuracy: 1e-11, sizes)
      let dWeight = try XCTUnwrap(gradients["weight"])
      XCTAssertEqual(innerProduct(weight, dWeight), product, accuracy: 1e-11, sizes)
    }
  }

  func testFloatAgreesWithDoubleOnManyPixels() throws {
    // Large enough for the work to be cut into several strips.
    var generator = Generator(seed: 3)
    let x: Tensor<Double> = generator.normal(shape: [1, 40, 70, 65])
    let weight: Tensor<Double> = generator.normal(shape: [9, 40, 3, 3])
    let layer = try Conv2d(weight: weight, bias: nil, padding: 1)
    let single = try Conv2d(weight: weight.converted(to: Float.self), bias: nil, padding: 1)
    let (output, cache) = try layer.forward(x, mode: .training)
    let (output32, cache32) = try single.forward(x.converted(to: Float.self), mode: .training)
    // A sum of 360 products of size 1 in Float is right to about 1e-5.
    XCTAssertLessThan(largestDifference(output32.converted(to: Double.self), output), 1e-4)

    let cotangent: Tensor<Double> = generator.normal(shape: output.shape)
    let (dInput, gradients) = try layer.backward(cotangent, cache: cache)
    let (dInput32, gradients32) = try single.backward(
      cotangent.converted(to: Float.self),
      cache: cache32
    )
    XCTAssertLessThan(largestDifference(dInput32.converted(to: Double.self), dInput), 1e-4)
    let dWeight = try XCTUnwrap(gradients["weight"])
    let dWeight32 = try XCTUnwrap(gradients32["weight"]).converted(to: Double.self)
    // 4,550 products each, of size 70 together.
    XCTAssertLessThan(largestDifference(dWeight32, dWeight), 1e-3)
    XCTAssertEqual(innerProduct(output, cotangent), innerProduct(x, dInput), accuracy: 1e-8)
    XCTAssertEqual(innerProduct(weight, dWeight), innerProduct(x, dInput), accuracy: 1e-8)
  }

  func testPointwiseFilterIsALinearLayerOverChannels() throws {
    // S56: x [4 channels, 9 pixels]; the slide's `linear(x).T` lacks the transpose of x.
    var generator = Generator(seed: 4)
    let (weight, bias): (Tensor<Double>, Tensor<Double>) = (
      generator.normal(shape: [5, 4]), generator.normal(shape: [5])
    )
    let x: Tensor<Double> = generator.normal(shape: [1, 4, 3, 3])
    let convolution = try Conv2d(weight: weight.reshaped(5, 4, 1, 1), bias: bias)
    let linear = try Linear(weight: weight, bias: bias)
    let columns = x.reshaped(4, 9).transposed()
    let expected = try linear(columns).transposed()
    XCTAssertEqual(expected.shape, [5, 9])
    XCTAssertLessThan(largestDifference(try convolution(x).reshaped(5, 9), expected), 1e-14)

    let cotangent: Tensor<Double> = generator.normal(shape: [1, 5, 3, 3])
    let (dx, gradients) = try convolution.backward(
      cotangent,
      cache: convolution.forward(x, mode: .training).cache
    )
    let (dColumns, linearGradients) = try linear.backward(
      cotangent.reshaped(5, 9).transposed(),
      cache: linear.forward(columns, mode: .training).cache
    )
    XCTAssertLessThan(largestDifference(dx.reshaped(4, 9), dColumns.transposed()), 1e-14)
    for name in ["weight", "bias"] {
      let (own, other) = try (XCTUnwrap(gradients[name]), XCTUnwrap(linearGradients[name]))
      XCTAssertLessThan(largestDifference(own.reshaped(to: other.shape), other), 1e-13, name)
    }
  }

  func testDepthwiseOverAllPixelsWithOneFilterSetMixesTokens() throws {
    // S55: every channel meets the same 7 filters as large as the image.
    var generator = Generator(seed: 5)
    let (channels, outputs, image) = (3, 7, Extent(2, 3))
    let filters: Tensor<Double> = generator.normal(shape: [outputs, 6])
    let weight = Tensor<Double>(
      shape: [channels * outputs, 1, image.height, image.width],
      scalars: (0..<channels).flatMap { _ in filters.scalars }
    )
    let x: Tensor<Double> = generator.normal(shape: [1, channels, image.height, image.width])
    let convolution = try Conv2d(weight: weight, bias: nil, groups: channels)
    let mixing = try Linear(weight: filters, bias: nil)
    XCTAssertLessThan(
      largestDifference(
        try convolution(x).reshaped(channels, outputs),
        try mixing(x.reshaped(channels, 6))
      ),
      1e-14
    )
  }

  func testEmptyBatchHasAnEmptyOutputAndNoGradient() throws {
    var generator = Generator(seed: 6)
    let layer = try Case().layer(&generator)
    let (output, cache) = try layer.forward(.zeros(0, 3, 7, 6), mode: .training)
    XCTAssertEqual(output.shape, [0, 4, 5, 5])
    let (dInput, gradients) = try layer.backward(output, cache: cache)
    XCTAssertEqual(dInput.shape, [0, 3, 7, 6])
    XCTAssertEqual(gradients["weight"], .zeros(4, 3, 3, 2))
    XCTAssertEqual(gradients["bias"], .zeros(4))
  }

  func testNaNReachesTheWindowsItIsInAndNoOther() throws {
    let layer = try Conv2d<Float>(weight: .ones(1, 1, 2, 2), bias: nil)
    var x = Tensor<Float>.ones(1, 1, 3, 3)
    x[0, 0, 0, 0] = .nan
    let y = try layer(x)
    XCTAssert(y.scalars[0].isNaN)
    XCTAssertEqual(Array(y.scalars.dropFirst()), [4, 4, 4])
  }

  func testRefusesOtherShapes() throws {
    let layer = try Conv2d<Float>(weight: .zeros(4, 3, 3, 2), bias: nil)
    for shape in [[2, 5, 7, 6], [3, 7, 6], [2, 3, 2, 6], [2, 3, 0, 0]] {
      XCTAssertThrowsError(try layer(.zeros(shape: shape))) { error in
        XCTAssertEqual(error as? ShapeMismatch, ShapeMismatch("conv2d", shape, [4, 3, 3, 2]))
      }
    }
    let (_, cache) = try layer.forward(.zeros(2, 3, 7, 6), mode: .training)
    XCTAssertThrowsError(try layer.backward(.zeros(2, 4, 5, 4), cache: cache)) { error in
      XCTAssertEqual(
        error as? ShapeMismatch,
        ShapeMismatch("conv2d, backward", [2, 4, 5, 4], [2, 4, 5, 5])
      )
    }
    XCTAssertThrowsError(try Conv2d<Float>(weight: .zeros(4, 3, 3, 2), bias: .zeros(3)))
    XCTAssertThrowsError(try Conv2d<Float>(weight: .zeros(4, 1, 3, 2), bias: nil, groups: 3))
    XCTAssertThrowsError(try Conv2d<Float>(weight: .zeros(4, 0, 3, 2), bias: nil))
  }
}

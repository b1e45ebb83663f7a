import CourseKit
import LectureEngine
import XCTest

/// The number of threads changes no bit of what is computed.
final class ThreadsTests: XCTestCase {
  override func tearDown() { Threads.use(1) }

  /// Everything that a training step makes: output, gradients, running statistics.
  private func step<Model: Layer<Float>>(
    _ model: Model,
    _ input: Tensor<Float>
  ) throws -> [Tensor<Float>] {
    var model = model
    let (output, cache) = try model.forward(input, mode: .training)
    let cotangent = output * Float(0.5) + Float(1)
    let (dInput, gradients) = try model.backward(cotangent, cache: cache)
    model.absorb(cache)
    var optimizer = SGD<Float>(learningRate: 0.01, momentum: 0.9)
    try optimizer.step(&model, gradients)
    var made = [output, dInput, try model(input)] + model.parameters.map(\.value)
    model.visitBuffers { _, buffer in made.append(buffer) }
    return made
  }

  private func check<Model: Layer<Float>>(_ model: Model, _ input: Tensor<Float>) throws {
    Threads.use(1)
    let alone = try step(model, input)
    for threads in [2, 3, 8] {
      Threads.use(threads)
      XCTAssert(try step(model, input) == alone, "\(Model.self) on \(threads) threads")
    }
  }

  func testResNetHasTheSameBits() throws {
    var generator = Generator(seed: 1)
    let model = try ResNet<Float>(
      ResNetPlan(blocks: [1, 1], isBottleneck: false),
      width: 32,
      classes: 10,
      using: &generator
    )
    try check(model, generator.normal(shape: [3, 3, 96, 88]))
  }

  /// Numbers that tiles cannot take, in one thread's images alone.
  func testAnInfinityInOneImageHasTheSameBits() throws {
    var generator = Generator(seed: 5)
    var images: Tensor<Float> = generator.normal(shape: [6, 32, 20, 24])
    images.scalars[5 * 32 * 20 * 24 + 77] = .infinity
    let layer = try Conv2d<Float>(
      weight: generator.normal(shape: [32, 32, 3, 3]),
      bias: nil,
      padding: 1
    )
    Threads.use(1)
    let alone = try layer(images).scalars.map(\.bitPattern)
    for threads in [2, 3, 4] {
      Threads.use(threads)
      XCTAssertEqual(try layer(images).scalars.map(\.bitPattern), alone, "\(threads) threads")
    }
  }

  /// Exchanging axes and adding in place, of a single large sample.
  func testOneSampleHasTheSameBits() throws {
    var generator = Generator(seed: 6)
    let size = MixerSize(patch: 8, channels: 130, depth: 1, tokenHidden: 60, channelHidden: 210)
    try check(
      try Mixer<Float>(size, image: 128, classes: 7, using: &generator),
      generator.normal(shape: [1, 3, 128, 128])
    )
  }

  func testBottlenecksAndPaddingHaveTheSameBits() throws {
    var generator = Generator(seed: 2)
    let model = try ResNet<Float>(
      ResNetPlan(blocks: [1, 1], isBottleneck: true),
      shortcut: .padding,
      width: 16,
      classes: 10,
      using: &generator
    )
    try check(model, generator.normal(shape: [2, 3, 64, 80]))
  }

  func testMixerHasTheSameBits() throws {
    var generator = Generator(seed: 3)
    let size = MixerSize(patch: 8, channels: 100, depth: 1, tokenHidden: 60, channelHidden: 210)
    try check(
      try Mixer<Float>(size, image: 96, classes: 7, using: &generator),
      generator.normal(shape: [3, 3, 96, 96])
    )
  }

  func testNetworksOfTheSlidesHaveTheSameBits() throws {
    var generator = Generator(seed: 4)
    try check(try SimpleCNN(using: &generator), generator.normal(shape: [37, 3, 32, 32]))
    try check(try ModernLeNet(using: &generator), generator.normal(shape: [37, 1, 32, 32]))
    try check(
      BatchNormMLP(using: &generator),
      generator.normal(shape: [130, 784])
    )
  }

  /// Samples in a drawn order, and a step of gradient descent on a matrix.
  func testBatchesAndStepsHaveTheSameBits() throws {
    var generator = Generator(seed: 7)
    let samples: Tensor<Float> = generator.normal(shape: [100, 784])
    let labels = (0..<64).map { $0 % 10 }
    let net = TwoLayerNet<Float>(
      inputs: 784,
      hidden: 500,
      classes: 10,
      .gaussian(scale: 0.05),
      using: &generator
    )
    func trained() throws -> TwoLayerNet<Float> {
      var net = net
      for start in 0..<3 {
        let indices = (0..<64).map { ($0 * 37 + start) % 100 }
        _ = try net.step(samples.rows(at: indices), labels: labels, learningRate: 0.1)
      }
      return net
    }
    Threads.use(1)
    let alone = try trained()
    for threads in [2, 3, 8] {
      Threads.use(threads)
      XCTAssert(try trained() == alone, "\(threads) threads")
    }
  }
}

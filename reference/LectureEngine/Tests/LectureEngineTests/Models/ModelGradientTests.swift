import CourseKit
import LectureEngine
import XCTest

/// Whole models against finite differences: small ones entry by entry, others along directions.
final class ModelGradientTests: XCTestCase {
  private var generator = Generator(seed: 12)

  func testSmallBatchNormMLP() throws {
    let model = BatchNormMLP<Double>(inputs: 4, hidden: [5, 3], classes: 2, using: &generator)
    let x: Tensor<Double> = generator.normal(shape: [6, 4])
    XCTAssertEqual(try gradientErrors(of: model, at: x), [])
    XCTAssertEqual(try gradientErrors(of: model, at: x, mode: .evaluation), [])
  }

  func testSmallMixer() throws {
    let size = MixerSize(patch: 2, channels: 5, depth: 2, tokenHidden: 3, channelHidden: 7)
    let model = try Mixer<Double>(size, image: 4, classes: 3, using: &generator)
    let x: Tensor<Double> = generator.normal(shape: [2, 3, 4, 4])
    XCTAssertEqual(try gradientErrors(of: model, at: x), [])
  }

  func testSmallResidualAndPlainNetworks() throws {
    for shortcut in [ResNetPlan.Shortcut.projection, .padding, .none] {
      let model = try ResNet<Double>(
        ResNetPlan(blocks: [1, 1], isBottleneck: false),
        shortcut: shortcut,
        stem: .small,
        channels: 1,
        width: 2,
        classes: 3,
        using: &generator
      )
      let x: Tensor<Double> = generator.normal(shape: [3, 1, 5, 4])
      XCTAssertEqual(try gradientErrors(of: model, at: x), [], "\(shortcut)")
    }
  }

  func testNetworksOfTheSlides() throws {
    let images: Tensor<Double> = generator.normal(shape: [2, 3, 32, 32])
    let digits: Tensor<Double> = generator.normal(shape: [2, 1, 32, 32])
    XCTAssertEqual(
      try directionErrors(of: SimpleCNN(using: &generator), at: images),
      []
    )
    XCTAssertEqual(
      try directionErrors(of: ModernLeNet(using: &generator), at: digits),
      []
    )
    XCTAssertEqual(try directionErrors(of: LeNet5(using: &generator), at: digits), [])
    XCTAssertEqual(
      try directionErrors(
        of: BatchNormMLP(hidden: [50, 50, 50, 50], using: &generator),
        at: generator.normal(shape: [8, 784])
      ),
      []
    )
  }

  func testNarrowResNetsOfFullDepth() throws {
    for plan in [ResNetPlan.resNet18, .resNet34, .resNet50] {
      let model = try ResNet<Double>(plan, width: 4, classes: 3, using: &generator)
      let x: Tensor<Double> = generator.normal(shape: [3, 3, 40, 36])
      XCTAssertEqual(try directionErrors(of: model, at: x), [], "\(plan)")
    }
  }
}

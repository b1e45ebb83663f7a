import CourseKit
import LectureEngine
import XCTest

/// Whole models beside PyTorch's: logits, loss, every gradient, running statistics.
final class ModelGoldenTests: XCTestCase {
  private var generator = Generator(seed: 0)

  func testNarrowResNet18FromTheSameFileOfWeights() throws {
    let model = try ResNet<Double>(.resNet18, width: 4, classes: 7, .zero, using: &generator)
    XCTAssertEqual(try wholeErrors("resnet18.safetensors", model), [])
  }

  func testNarrowResNet18InSinglePrecision() throws {
    let weights = try LayerGolden<Float>(whole: "resnet18.safetensors")
    var model = try ResNet<Float>(.resNet18, width: 4, classes: 7, .zero, using: &generator)
    try model.load(weights.file, prefix: "state.")
    let (logits, cache) = try model.forward(weights["images"], mode: .training)
    let labels = recipeLabels(count: 3, classes: 7)
    let (_, dLogits) = try SoftmaxCrossEntropy()(logits, labels: labels)
    let gradients = try model.backward(dLogits, cache: cache).gradients
    // Twenty layers of roundings, and batches of few values; in double precision it is 1e-9.
    let tolerance: Float = 1e-3
    let errors = try weights.keys(after: "gradient").map { key in
      difference(key, gradients[key], try weights["gradient.\(key)"], tolerance: tolerance)
    }
    XCTAssertEqual(errors.compactMap { $0 }, [])
    XCTAssertNil(difference("logits", logits, try weights["logits"], tolerance: tolerance))
  }

  func testSmallMixerFromTheSameFileOfWeights() throws {
    let size = MixerSize(patch: 4, channels: 10, depth: 2, tokenHidden: 6, channelHidden: 14)
    let model = try Mixer<Double>(size, image: 12, classes: 7, .zero, using: &generator)
    XCTAssertEqual(try wholeErrors("mixer.safetensors", model), [])
  }

  func testBatchNormMLP() throws {
    let model = BatchNormMLP<Double>(.zero, using: &generator)
    XCTAssertEqual(
      try probedErrors("bn_mlp", in: "models.safetensors", model, images: [16, 784]),
      []
    )
  }

  func testSimpleCNN() throws {
    let model = try SimpleCNN<Double>(.zero, using: &generator)
    XCTAssertEqual(
      try probedErrors("simple_cnn", in: "models.safetensors", model, images: [4, 3, 32, 32]),
      []
    )
  }

  func testModernLeNet() throws {
    let model = try ModernLeNet<Double>(.zero, using: &generator)
    XCTAssertEqual(
      try probedErrors("modern_lenet", in: "models.safetensors", model, images: [4, 1, 32, 32]),
      []
    )
  }

  func testLeNet5() throws {
    let model = try LeNet5<Double>(using: &generator)
    XCTAssertEqual(
      try probedErrors(
        "lenet5",
        in: "models.safetensors",
        model,
        images: [4, 1, 32, 32],
        loss: { try LeNet5.loss($0, labels: $1) }
      ),
      []
    )
  }

  func testResidualAndPlainNetworksOfBothKindsOfBlocks() throws {
    let kinds: [(String, ResNetPlan.Shortcut)] = [
      ("projection", .projection), ("padding", .padding), ("none", .none),
    ]
    for (name, shortcut) in kinds {
      for (kind, isBottleneck) in [("basic", false), ("bottleneck", true)] {
        let model = try ResNet<Double>(
          ResNetPlan(blocks: [2, 1, 2, 1], isBottleneck: isBottleneck),
          shortcut: shortcut,
          width: 8,
          classes: 7,
          .zero,
          using: &generator
        )
        XCTAssertEqual(
          try probedErrors(
            "\(kind)_\(name)",
            in: "models.safetensors",
            model,
            images: [3, 3, 40, 36]
          ),
          [],
          "\(kind), \(name)"
        )
      }
    }
  }
}

import CourseKit
import LectureEngine
import XCTest

/// The answers of models to input that they cannot take, or should not be given.
final class BadInputTests: XCTestCase {
  private var generator = Generator(seed: 9)

  func testOtherShapesAreRefused() throws {
    for (name, model, right) in try models() {
      for axis in 1..<right.count {
        var shape = right
        shape[axis] = axis == 1 ? shape[axis] + 1 : 3
        XCTAssertThrowsError(try model(.zeros(shape: shape)), "\(name), \(shape)") { error in
          XCTAssert(error is ShapeMismatch, "\(name), \(shape): \(error)")
        }
      }
      XCTAssertThrowsError(try model(.zeros(shape: right.dropLast())), name)
    }
  }

  func testAnEmptyBatchHasAnEmptyAnswer() throws {
    for (name, model, right) in try models() {
      let output = try model(.zeros(shape: [0] + right.dropFirst()))
      XCTAssertEqual(output.count, 0, name)
      XCTAssertEqual(output.shape.first, 0, name)
    }
  }

  func testNaNStaysInItsSample() throws {
    for (name, model, right) in try models() {
      var batch: Tensor<Float> = generator.normal(shape: [2] + right.dropFirst())
      batch.scalars[3] = .nan
      let output = try model(batch)
      XCTAssert(output.row(0).scalars.contains { $0.isNaN }, name)
      XCTAssert(output.row(1).scalars.allSatisfy(\.isFinite), name)
    }
  }

  func testResNetsTakeAnySizeAndAnswerToAnEmptyBatchAndNaN() throws {
    for shortcut in [ResNetPlan.Shortcut.projection, .padding, .none] {
      let model = try ResNet<Float>(
        .resNet18,
        shortcut: shortcut,
        width: 2,
        classes: 4,
        using: &generator
      )
      XCTAssertEqual(try model(.zeros(0, 3, 32, 40)), .zeros(0, 4))
      XCTAssertEqual(try model(.zeros(1, 3, 9, 50)).shape, [1, 4])
      XCTAssertThrowsError(try model(.zeros(1, 2, 32, 32)))
      XCTAssertThrowsError(try model(.zeros(3, 32, 32)))
      var batch: Tensor<Float> = generator.normal(shape: [2, 3, 32, 32])
      batch.scalars[3] = .nan
      let output = try model(batch)
      XCTAssert(output.row(0).scalars.allSatisfy(\.isNaN))
      XCTAssert(output.row(1).scalars.allSatisfy(\.isFinite))
    }
  }

  func testABatchOfOneCannotTrainANormOverTheBatch() throws {
    let mlp = BatchNormMLP<Float>(inputs: 4, hidden: [3], classes: 2, using: &generator)
    XCTAssertEqual(
      message { try mlp.forward(.zeros(1, 4), mode: .training) },
      "Expected more than 1 value per channel when training, got 1"
    )
    XCTAssertNoThrow(try mlp.forward(.zeros(1, 4), mode: .evaluation))
    // The last stage of a ResNet has one pixel left of an image of 32.
    let resNet = try ResNet<Float>(.resNet18, width: 2, classes: 2, using: &generator)
    XCTAssertEqual(
      message { try resNet.forward(.zeros(1, 3, 32, 32), mode: .training) },
      "Expected more than 1 value per channel when training, got 1"
    )
    XCTAssertNoThrow(try resNet.forward(.zeros(2, 3, 32, 32), mode: .training))
  }

  func testSizesThatMakeNoModelAreRefused() {
    XCTAssertThrowsError(try SimpleCNN<Float>(classes: 0, using: &generator))
    XCTAssertThrowsError(try ModernLeNet<Float>(classes: 0, using: &generator))
    XCTAssertThrowsError(try ResNet<Float>(.resNet18, classes: 0, using: &generator))
    for size in [0, -1] {
      XCTAssertThrowsError(try ResNet<Float>(.resNet18, width: size, using: &generator))
      XCTAssertThrowsError(try ResNet<Float>(.resNet18, channels: size, using: &generator))
    }
    XCTAssertThrowsError(try Mixer<Float>(.s16, image: 225, using: &generator))
    for path: WritableKeyPath<MixerSize, Int> in [
      \.patch, \.channels, \.tokenHidden, \.channelHidden,
    ] {
      for size in [0, -1] {
        var wrong = MixerSize(patch: 4, channels: 6, depth: 1, tokenHidden: 3, channelHidden: 7)
        wrong[keyPath: path] = size
        XCTAssertThrowsError(try Mixer<Float>(wrong, image: 8, using: &generator)) { error in
          XCTAssert(error is ShapeMismatch, "\(error)")
        }
      }
    }
    XCTAssertThrowsError(try Mixer<Float>(.s16, channels: 0, using: &generator))
    XCTAssertThrowsError(try LeNet5<Float>(codes: .zeros(10, 83), using: &generator))
  }

  /// Small models of all kinds, and a shape that they take.
  private func models() throws -> [(String, any Layer<Float>, [Int])] {
    let size = MixerSize(patch: 4, channels: 6, depth: 1, tokenHidden: 3, channelHidden: 7)
    return [
      (
        "BatchNormMLP",
        BatchNormMLP<Float>(inputs: 4, hidden: [3], classes: 2, using: &generator), [1, 4]
      ),
      ("SimpleCNN", try SimpleCNN<Float>(using: &generator), [1, 3, 32, 32]),
      ("ModernLeNet", try ModernLeNet<Float>(using: &generator), [1, 1, 32, 32]),
      ("LeNet5", try LeNet5<Float>(using: &generator), [1, 1, 32, 32]),
      ("Mixer", try Mixer<Float>(size, image: 8, classes: 3, using: &generator), [1, 3, 8, 8]),
    ]
  }
}

import CourseKit
import Foundation
import XCTest

final class MNISTTests: XCTestCase {
  func testSubsetHoldsEveryDigitEquallyOften() throws {
    for (digits, each) in [(try MNIST.training(), 500), (try MNIST.test(), 100)] {
      XCTAssertEqual(digits.count, 10 * each)
      XCTAssertEqual([digits.rows, digits.columns], [28, 28])
      for digit in 0...9 {
        XCTAssertEqual(digits.labels.count { $0 == digit }, each, "of digit \(digit)")
      }
    }
  }

  /// The files start like the full ones, whose first labels every tutorial prints.
  func testFirstLabels() throws {
    XCTAssertEqual(try MNIST.training().prefix(10).labels, [5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    XCTAssertEqual(try MNIST.test().prefix(10).labels, [7, 2, 1, 0, 4, 1, 4, 9, 5, 9])
  }

  /// Some programs unpack `train-images.idx3-ubyte`.
  func testFindsFilesWithADotInTheirNames() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (part, end) in [("images", "idx3-ubyte"), ("labels", "idx1-ubyte")] {
      try FileManager.default.copyItem(
        atPath: "\(MNIST.subset)/t10k-\(part)-\(end)",
        toPath: folder.appending(path: "t10k-\(part).\(end)").path
      )
    }
    XCTAssertEqual(try MNIST.test(in: folder.path).labels, try MNIST.test().labels)
  }

  /// Paper and ink after normalization, as the slides' framework computes them.
  func testPixelsAreNormalizedInSinglePrecision() throws {
    let digits = try MNIST.training()
    let x: Tensor<Double> = digits.images(at: [3, 0])
    XCTAssertEqual(x.shape, [2, 784])
    let (lightest, darkest) = (x.scalars.min(), x.scalars.max())
    XCTAssertEqual(lightest, Double(Float(-0.1307) / 0.3081))
    XCTAssertEqual(darkest, Double((Float(1) - 0.1307) / 0.3081))
    XCTAssertEqual(x.row(1), digits.dataset.x.row(0))
    XCTAssertEqual(digits.images(at: [3, 0], of: Float.self), x.converted(to: Float.self))
  }

  func testSubsetLooksLikeTheWhole() throws {
    let x = try MNIST.training().dataset.x
    let mean = x.sum() / Double(x.count)
    let deviation = ((x - mean).squared().sum() / Double(x.count)).squareRoot()
    XCTAssertEqual(mean, 0, accuracy: 0.02)
    XCTAssertEqual(deviation, 1, accuracy: 0.02)
  }

  func testPrefixTakesImagesWithTheirLabels() throws {
    let digits = try MNIST.test()
    let few = digits.prefix(7)
    XCTAssertEqual(few.count, 7)
    XCTAssertEqual(few.dataset.x, digits.images(at: Array(0..<7)))
    XCTAssertEqual(digits.prefix(5_000), digits)
  }

  func testDatasetSurvivesTheWire() throws {
    let data = try MNIST.test().prefix(5).dataset
    var writer = WireWriter()
    data.encode(into: &writer)
    var reader = WireReader(writer.bytes)
    XCTAssertEqual(try Dataset(from: &reader), data)
    XCTAssertEqual(reader.remaining, 0)
  }

  func testDatasetWithTooFewLabelsIsMalformed() throws {
    var writer = WireWriter()
    Tensor<Double>.zeros(3, 2).encode(into: &writer)
    [0, 1].encode(into: &writer)
    var reader = WireReader(writer.bytes)
    XCTAssertThrowsError(try Dataset(from: &reader)) { XCTAssert($0 is WireError) }
  }
}

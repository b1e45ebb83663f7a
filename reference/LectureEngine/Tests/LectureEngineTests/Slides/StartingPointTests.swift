import CourseKit
import LectureEngine
import XCTest

/// The lecture's claims about starting points, on the full MNIST (S12 to S19).
final class StartingPointTests: XCTestCase {
  func testFromZeroOnlyTheOutputBiasMoves() throws {
    let run = try epoch(.init(.zero))
    XCTAssertEqual(run.net.w1, .zeros(784, 500))
    XCTAssertEqual(run.net.b1, .zeros(500))
    XCTAssertEqual(run.net.w2, .zeros(500, 10))
    XCTAssertNotEqual(run.net.b2, .zeros(10))
    XCTAssertEqual(run.epochs[0].test.correct, 1135, "all are taken for ones")
    XCTAssertEqual(run.epochs[0].test.loss, 2.3013, accuracy: 1e-3)
  }

  func testConstantStartKeepsHiddenUnitsEqualToTheLastBit() throws {
    // Another arithmetic may break the symmetry by rounding. Ours sums every column in one order,
    // so that equal units stay equal through 7,500 steps in single precision.
    var settings = Transcript.Settings(.constant(0.01))
    settings.batchSize = 8
    let net = try epoch(settings).net
    let columns = net.w1.transposed()
    XCTAssertNotEqual(columns.row(0), Tensor(repeating: 0.01, shape: [784]), "it did learn")
    for unit in 1..<500 { XCTAssertEqual(columns.row(unit), columns.row(0)) }
    for unit in 1..<500 { XCTAssertEqual(net.w2.row(unit), net.w2.row(0)) }
    XCTAssertEqual(Set(net.b1.scalars).count, 1)
  }

  func testOnlyTheFirstWeightsZeroLearnsWell() throws {
    // S13: hidden units do differ. What is equal is every row of a pixel that never changes.
    let (training, test) = try fullMNIST()
    let run = try Transcript(
      .init(scale: 0.1),
      training: training,
      test: test,
      prepare: {
        $0.w1 = .zeros(784, 500)
      }
    )
    XCTAssertEqual(Double(run.epochs[0].test.correct), 9150, accuracy: 100)
    let constant = (0..<784).filter { pixel in
      (1..<training.count).allSatisfy {
        training.bytes[$0 * 784 + pixel] == training.bytes[pixel]
      }
    }
    XCTAssertEqual(constant.count, 67)
    let first = run.net.w1.row(constant[0])
    for pixel in constant { XCTAssertEqual(run.net.w1.row(pixel), first) }
    // Units differ. About half start with a negative bias, are off for every image and stay at 0.
    XCTAssertGreaterThan(Set(first.scalars).count, 200)
  }

  func testXavierAndKaiming() throws {
    for (initializer, initial, accuracy) in [
      (Initializer.xavier, 2.67, 94.9), (.kaiming, 3.42, 95.2),
    ] {
      var settings = Transcript.Settings(initializer)
      settings.batchSize = 8
      let (training, test) = try fullMNIST()
      var atStart = 0.0
      let run = try Transcript(
        settings,
        training: training,
        test: test,
        prepare: {
          atStart = (try? Transcript.Score(of: $0, on: training).loss) ?? 0
        }
      )
      XCTAssertEqual(atStart, initial, accuracy: 0.15, "\(initializer)")
      XCTAssertEqual(Double(run.epochs[0].test.correct) / 100, accuracy, accuracy: 0.4)
    }
  }

  func testBatchesOfEight() throws {
    // The configuration of slide 9; the ledger's own order of images, hence the tolerance.
    for (scale, accuracy) in [(1, 93.4), (0.0001, 92.0)] {
      var settings = Transcript.Settings(scale: scale)
      settings.batchSize = 8
      let test = try epoch(settings).epochs[0].test
      XCTAssertEqual(Double(test.correct) / 100, accuracy, accuracy: 0.6, "scale \(scale)")
    }
  }

  // PyTorch 2.13 in the same order of images: `run(..., scale=0.1, batch=8, epochs=5)` of
  // `make_transcript_goldens.py`. Rounding moves a few images in 37,500 steps.
  func testFiveEpochsOfBatchesOfEightAgreeWithPyTorch() throws {
    var settings = Transcript.Settings(scale: 0.1)
    settings.batchSize = 8
    settings.epochs = 5
    let epochs = try epoch(settings).epochs
    let training = [57316, 58323, 58829, 58902, 59321]
    let test = [9475, 9590, 9651, 9654, 9706]
    XCTAssertEqual(epochs.count, 5)
    for (number, epoch) in epochs.enumerated() {
      XCTAssertEqual(Double(epoch.training.correct), Double(training[number]), accuracy: 20)
      XCTAssertEqual(Double(epoch.test.correct), Double(test[number]), accuracy: 10)
    }
  }

  // The ledger's ranges, which are rounded to two digits.
  func testInitialLossByScaleOverOtherSeeds() throws {
    let training = try fullMNIST().training
    for (scale, range) in [(1, 600.0...770), (0.1, 6.35...8.05), (0.0001, 2.3025...2.3027)] {
      for seed in 1...5 as ClosedRange<UInt64> {
        var generator = Generator(seed: seed)
        let net = TwoLayerNet<Float>(
          inputs: 784,
          hidden: 500,
          classes: 10,
          .gaussian(scale: scale),
          using: &generator
        )
        let loss = try Transcript.Score(of: net, on: training).loss
        XCTAssertTrue(range.contains(loss), "scale \(scale), seed \(seed): \(loss)")
      }
    }
  }

  private func epoch(_ settings: Transcript.Settings) throws -> Transcript {
    let (training, test) = try fullMNIST()
    return try Transcript(settings, training: training, test: test)
  }
}

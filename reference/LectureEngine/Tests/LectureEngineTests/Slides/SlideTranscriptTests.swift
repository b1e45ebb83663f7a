import CourseKit
import Foundation
import LectureEngine
import XCTest

/// The numbers that the slides print, from the full MNIST (S14, S16).
///
/// Without that set these tests are reported as skipped, and `SubsetTranscriptTests` stand in.
final class SlideTranscriptTests: XCTestCase {
  func testScaleOneTenThousandthToTheLastDigit() throws {
    let epoch = try epoch(scale: 0.0001)
    XCTAssertEqual(
      epoch.lines.map { String(format: "%.6f", $0.loss) },
      ["2.302597", "2.302358", "2.298049", "2.276546", "1.922438"]
    )
    XCTAssertEqual(String(format: "%.4f", epoch.training.loss), "1.5085")
    XCTAssertEqual(String(format: "%.4f", epoch.test.loss), "1.4939")
    XCTAssertEqual([epoch.training.correct, epoch.test.correct], [32759, 5526])
  }

  func testScaleOneTenthToFiveMillionths() throws {
    let epoch = try epoch(scale: 0.1)
    for (line, expected) in zip(epoch.lines, [8.459664, 0.498634, 0.410814, 0.711170, 0.576229]) {
      XCTAssertEqual(Double(line.loss), expected, accuracy: 5e-6, "batch \(line.batch)")
    }
    XCTAssertEqual(epoch.training.loss, 0.3560, accuracy: 1e-4)
    XCTAssertEqual(epoch.test.loss, 0.3437, accuracy: 1e-4)
    XCTAssertEqual([epoch.training.correct, epoch.test.correct], [53759, 8968])
  }

  // Logits of hundreds amplify the last bit: right implementations differ by up to 3 %.
  func testScaleOneToFivePercent() throws {
    let epoch = try epoch(scale: 1)
    XCTAssertEqual(Double(epoch.lines[0].loss), 815.423401, accuracy: 1e-3)
    for (line, expected) in zip(epoch.lines, [815.423401, 35.187, 27.583, 46.138, 38.797]) {
      XCTAssertEqual(Double(line.loss) / expected, 1, accuracy: 0.05, "batch \(line.batch)")
    }
    XCTAssertEqual(epoch.training.loss / 22.3, 1, accuracy: 0.05)
    XCTAssertEqual(epoch.test.loss / 22.0, 1, accuracy: 0.05)
  }

  private func epoch(scale: Double) throws -> Transcript.Epoch {
    let (training, test) = try fullMNIST()
    let run = try Transcript(.init(scale: scale), training: training, test: test)
    XCTAssertEqual(run.epochs[0].lines.map(\.batch), [0, 200, 400, 600, 800])
    return run.epochs[0]
  }
}

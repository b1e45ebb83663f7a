import XCTest

@testable import LectureExperiments

final class TranscriptLineTests: XCTestCase {
  private func marks(_ line: TranscriptLine) -> [String] {
    line.runs.map { $0.differs ? "[\($0.text)]" : $0.text }
  }

  func testEveryDifferingDigitIsMarked() {
    let line = TranscriptLine(slide: "loss 0.498634", ours: "loss 0.498533")
    XCTAssertEqual(marks(line), ["loss 0.498", "[5]", "3", "[3]"])
    XCTAssertEqual(line.differences, 2)
  }

  func testEqualLinesHaveNoMark() {
    let line = TranscriptLine(slide: "loss 2.3026", ours: "loss 2.3026")
    XCTAssertEqual(marks(line), ["loss 2.3026"])
    XCTAssertEqual(line.differences, 0)
  }

  func testMissingAndSurplusCharactersDiffer() {
    XCTAssertEqual(TranscriptLine(slide: "12", ours: "1").differences, 1)
    XCTAssertEqual(marks(TranscriptLine(slide: "1", ours: "12")), ["1", "[2]"])
  }

  func testWithoutSlideNothingDiffers() {
    XCTAssertEqual(TranscriptLine(slide: nil, ours: "1").differences, 0)
  }
}

import CourseKit
import LectureEngine
import XCTest

final class BatchesTests: XCTestCase {
  func testLastBatchIsShorter() {
    let batches = Batches(of: 7, size: 3)
    XCTAssertEqual(Array(batches), [[0, 1, 2], [3, 4, 5], [6]])
    XCTAssertEqual(batches.count, 3)
    XCTAssertEqual(Array(Batches(of: 0, size: 3)), [])
  }

  func testShuffledOrderIsThatOfTheSlidesFramework() {
    // Against PyTorch 2.13: list(DataLoader(range(10), batch_size=4, shuffle=True)), twice, after
    // torch.manual_seed(0).
    var generator = Generator(seed: 0)
    let first = Batches(of: 10, size: 4, shuffledBy: &generator)
    XCTAssertEqual(Array(first), [[6, 7, 1, 4], [2, 0, 9, 8], [3, 5]])
    let second = Batches(of: 10, size: 4, shuffledBy: &generator)
    XCTAssertEqual(Array(second), [[2, 4, 7, 0], [8, 9, 5, 3], [6, 1]])
  }
}

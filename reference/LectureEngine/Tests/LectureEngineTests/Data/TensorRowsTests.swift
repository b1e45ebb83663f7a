import CourseKit
import LectureEngine
import XCTest

/// Some entries of a tensor along its first axis.
final class TensorRowsTests: XCTestCase {
  func testRowsComeInTheGivenOrder() {
    let samples = Tensor<Float>(shape: [3, 2, 2], scalars: (0..<12).map { Float($0) })
    XCTAssertEqual(
      samples.rows(at: [2, 0, 2]),
      Tensor(shape: [3, 2, 2], scalars: [8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11])
    )
    XCTAssertEqual(
      Tensor<Double>(shape: [3], scalars: [4, 5, 6]).rows(at: [1]),
      Tensor(shape: [1], scalars: [5])
    )
  }

  func testNoRowsAndEmptyRowsAreEmpty() {
    XCTAssertEqual(Tensor<Float>.zeros(3, 2).rows(at: []).shape, [0, 2])
    XCTAssertEqual(Tensor<Float>.zeros(3, 0).rows(at: [2, 1]).shape, [2, 0])
  }
}

import ConvBias
import CourseKit
import XCTest

final class OutputSizeTests: HomeworkTestCase {
  /// A filter of 2 on 4 numbers: `[1 1]2 4`, `1[1 2]4`, `1 1[2 4]`.
  func testOneByOne() {
    attempt {
      let size = try outputSize(input: 4, kernel: 2, stride: 1, padding: 0)
      XCTAssertEqual(size, 3)
    }
  }

  func testPadding() {
    attempt {
      let size = try outputSize(input: 4, kernel: 2, stride: 1, padding: 1)
      XCTAssertEqual(size, 5, "4 numbers with a zero on each side are 6")
    }
  }

  func testStride() {
    attempt {
      let size = try outputSize(input: 4, kernel: 2, stride: 2, padding: 0)
      XCTAssertEqual(size, 2, "[1 1][2 4]")
    }
  }

  /// `[1 1][2 4]7`: the 7 is left over.
  func testLeftOver() {
    attempt {
      let size = try outputSize(input: 5, kernel: 2, stride: 2, padding: 0)
      XCTAssertEqual(size, 2, "what is too short for the filter is left over")
    }
  }

  func testFilterThatJustFits() {
    attempt {
      let size = try outputSize(input: 3, kernel: 5, stride: 4, padding: 1)
      XCTAssertEqual(size, 1, "3 numbers and 2 zeros are 5")
    }
  }

  /// In Swift, -1 / 2 is 0: a formula without a check finds a place where there is none.
  func testFilterThatDoesNotFit() {
    attempt {
      do {
        let size = try outputSize(input: 4, kernel: 5, stride: 2, padding: 0)
        XCTFail("a filter of 5 has no place on 4 numbers, yours has \(size): throw ShapeMismatch")
      } catch is ShapeMismatch {
        return
      }
    }
  }
}

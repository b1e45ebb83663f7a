import CourseKit
import XCTest

final class ErrorTests: XCTestCase {
  func testMessages() {
    XCTAssertEqual(
      "\(ShapeMismatch("matmul", [2, 3], [2, 4]))",
      "matmul: shapes [2, 3] and [2, 4] do not fit together"
    )
    XCTAssertEqual(
      "\(BatchTooSmall(count: 1))",
      "Expected more than 1 value per channel when training, got 1"
    )
    XCTAssertEqual(
      "\(NotImplemented("f(_:)", file: "M/F.swift"))",
      "f is not implemented yet: Sources/M/F.swift"
    )
  }

  func testNotImplementedNamesTheFunctionAndFileItIsThrownFrom() {
    func backward(_ x: Int) throws { throw NotImplemented() }
    XCTAssertThrowsError(try backward(1)) {
      XCTAssertEqual(($0 as? NotImplemented)?.function, "backward(_:)")
      XCTAssertEqual(($0 as? NotImplemented)?.file, "CourseKitTests/ErrorTests.swift")
    }
  }
}

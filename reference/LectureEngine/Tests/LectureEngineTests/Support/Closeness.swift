import CourseKit
import XCTest

/// Compares number by number; the default tolerance is for a few roundings in double precision.
func assertClose(
  _ actual: Tensor<Double>,
  _ expected: [Double],
  accuracy: Double = 1e-14,
  file: StaticString = #filePath,
  line: UInt = #line
) {
  XCTAssertEqual(actual.count, expected.count, file: file, line: line)
  for (a, e) in zip(actual.scalars, expected) {
    XCTAssertEqual(a, e, accuracy: accuracy, file: file, line: line)
  }
}

import LectureCharts
import XCTest

final class NumbersTests: XCTestCase {
  func testFixedKeepsTheSignOfARoundedZero() {
    XCTAssertEqual(Numbers.fixed(-0.003, 2), "-0.00")
    XCTAssertEqual(Numbers.fixed(2.302585, 4), "2.3026")
  }

  func testSignificantDigitsHideNoSize() {
    XCTAssertEqual(Numbers.significant(0.020649), "0.0206")
    XCTAssertEqual(Numbers.significant(8.14e-5), "8.14 × 10⁻⁵")
    XCTAssertEqual(Numbers.significant(-7.9e-9, 2), "-7.9 × 10⁻⁹")
    XCTAssertEqual(Numbers.significant(815.423, 3), "815")
    XCTAssertEqual(Numbers.significant(9.999, 3), "10.0")
    XCTAssertEqual(Numbers.significant(0), "0")
  }

  func testWhatIsNoNumberIsNamed() {
    XCTAssertEqual(Numbers.significant(.nan), "NaN")
    XCTAssertEqual(Numbers.fixed(-.infinity, 2), "-∞")
  }

  func testGroupsOfThree() {
    XCTAssertEqual(
      [0, 999, 1000, 11_689_512, -1234].map(Numbers.grouped),
      ["0", "999", "1,000", "11,689,512", "-1,234"]
    )
  }

  func testShortHasNoZerosAtTheEnd() {
    XCTAssertEqual([1.5, 2, -0.001, 0.25].map { Numbers.short($0, 2) }, ["1.5", "2", "0", "0.25"])
  }
}

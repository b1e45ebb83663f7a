import XCTest

@testable import LectureExperiments

/// A comparison can say no, and says how near is near enough.
final class ComparisonTests: XCTestCase {
  private typealias Row = Comparison.Row

  func testDigitsMustBeEqualAsPrinted() {
    XCTAssertEqual(Row.digits("x", "2.3026", 2.302585, 4).agreement, .equal)
    XCTAssertTrue(Row.digits("x", "2.3026", 2.3027, 4).agreement.isFault)
    XCTAssertTrue(Row.digits("x", "2.3026", .nan, 4).agreement.isFault)
  }

  func testNearStatesItsTolerance() {
    XCTAssertEqual(Row.near("x", 10, 10.001, within: 0.05).agreement, .equal)
    XCTAssertEqual(Row.near("x", 10, 10.4, within: 0.05).agreement, .close("within 5 %"))
    XCTAssertEqual(
      Row.near("x", 10, 10.6, within: 0.05).agreement,
      .different("not within 5 %")
    )
    XCTAssertTrue(Row.near("x", 10, .nan, within: 0.05).agreement.isFault)
  }

  func testWithinAllowsForTheRoundingOfWhatWasPrinted() {
    XCTAssertEqual(Row.within("x", 8.459664, 8.4596638, 5e-6, decimals: 6).agreement, .equal)
    XCTAssertFalse(Row.within("x", 8.459664, 8.459668, 5e-6, decimals: 6).agreement.isFault)
    XCTAssertTrue(Row.within("x", 8.459664, 8.459675, 5e-6, decimals: 6).agreement.isFault)
  }

  func testWhatMustVanishAndLieBetween() {
    XCTAssertFalse(Row.vanishing("x", -1e-13, below: 1e-12).agreement.isFault)
    XCTAssertTrue(Row.vanishing("x", .nan, below: 1e-12).agreement.isFault)
    XCTAssertTrue(Row.between("x", 1...2, 2.1, decimals: 1).agreement.isFault)
    XCTAssertTrue(Row.holds("x", false).agreement.isFault)
  }

  func testWhatStandsAloneIsNoFault() {
    XCTAssertFalse(Row.shown("x", "1").agreement.isFault)
    XCTAssertFalse(Row.beside("x", "1", "2").agreement.isFault)
  }
}

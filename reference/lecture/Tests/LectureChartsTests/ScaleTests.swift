import XCTest

@testable import LectureCharts

final class ScaleTests: XCTestCase {
  func testLinearMarksAreRoundAndHoldTheData() {
    let scale = Scale(Axis("x"), showing: [0.3, 9.2])
    XCTAssertEqual(scale.ticks.map(\.label), ["0", "5", "10"])
    XCTAssertEqual(scale.place(0), 0)
    XCTAssertEqual(scale.place(10), 1)
  }

  func testGivenRangeIsKeptExactly() {
    let scale = Scale(Axis("x", range: 0.5...10.5), showing: [1, 10])
    XCTAssertEqual(scale.place(0.5), 0)
    XCTAssertEqual(scale.place(10.5), 1)
  }

  func testLogarithmicMarksArePowersOfTen() {
    let scale = Scale(Axis("x", .logarithmic), showing: [8e-9, 0.8])
    XCTAssertEqual(scale.low, 1e-9, accuracy: 1e-18)
    XCTAssertEqual(scale.high, 1)
    XCTAssertTrue(scale.ticks.allSatisfy { $0.label.hasPrefix("10") || $0.label.hasPrefix("0.") })
    XCTAssertNil(scale.place(0))
    XCTAssertEqual(scale.place(1e-5) ?? 0, 4.0 / 9, accuracy: 1e-9)
  }

  func testNothingToShowStillHasAnAxis() {
    for kind in [AxisKind.linear, .logarithmic] {
      for values in [[], [.nan], [.infinity], [0], [5, 5]] as [[Double]] {
        let scale = Scale(Axis("x", kind), showing: values)
        XCTAssertLessThan(scale.low, scale.high, "\(kind) \(values)")
        XCTAssertFalse(scale.ticks.isEmpty, "\(kind) \(values)")
      }
    }
  }

  func testManyDecadesHaveFewMarks() {
    let scale = Scale(Axis("x", .logarithmic), showing: [1e-30, 1])
    XCTAssertLessThan(scale.ticks.count, 8)
  }
}

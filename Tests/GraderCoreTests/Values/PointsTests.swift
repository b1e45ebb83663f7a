import Foundation
import GraderCore
import Testing

/// Points are whole hundredths, whatever way they come in or go out.
@Suite struct PointsTests {
  @Test(arguments: [
    (0.0, 0), (2, 200), (0.01, 1), (6.47, 647), (0.1 + 0.2, 30), (-1.25, -125),
    (1e9, 100_000_000_000),
  ])
  func exactNumbers(value: Double, hundredths: Int) {
    #expect(Points(exactly: value)?.hundredths == hundredths)
  }

  @Test(arguments: [0.001, 1.005, 1.0 / 3, 1e12, -1e300, .infinity, -.infinity, .nan])
  func otherNumbers(value: Double) {
    #expect(Points(exactly: value) == nil)
  }

  @Test(arguments: [
    (0, "0"), (200, "2"), (647, "6.47"), (640, "6.4"), (604, "6.04"), (5, "0.05"), (50, "0.5"),
    (-5, "-0.05"), (-125, "-1.25"), (-100, "-1"),
  ])
  func description(hundredths: Int, text: String) {
    #expect(Points(hundredths: hundredths).description == text)
  }

  @Test func sumsAreExact() {
    let tenths = [Points](repeating: Points(hundredths: 10), count: 10)
    #expect(tenths.total == Points(hundredths: 100))
    #expect([Points]().total == .zero)
    #expect(Points(hundredths: 199) < Points(hundredths: 200))
  }

  @Test(arguments: [0, 1, 10, 647, 8000, 12345, 99_999])
  func survivesJSON(hundredths: Int) throws {
    let points = Points(hundredths: hundredths)
    let data = try JSONEncoder().encode([points])
    #expect(try JSONDecoder().decode([Points].self, from: data) == [points])
    #expect(String(decoding: data, as: UTF8.self) == "[\(points)]")
  }

  @Test func refusesOtherNumbersInJSON() {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Points].self, from: Data("[1.005]".utf8))
    }
  }
}

import Foundation
import XCTest

@testable import LectureCharts

/// Words and lines stand out from what is behind them, in light and in dark.
final class ThemeTests: XCTestCase {
  func testWordsHaveTheContrastOfWCAG() throws {
    for (scheme, colours) in try schemes() {
      for front in ["ink", "soft", "accent", "good", "bad"] {
        for back in ["page", "panel"] {
          let ratio = try contrast(colours, front, back)
          XCTAssertGreaterThanOrEqual(ratio, 4.5, "\(scheme): \(front) on \(back)")
        }
      }
      XCTAssertGreaterThanOrEqual(try contrast(colours, "ink", "mark"), 4.5, "\(scheme): mark")
    }
  }

  func testLinesHaveTheContrastOfGraphics() throws {
    for (scheme, colours) in try schemes() {
      for look in 0..<Theme.looks {
        let ratio = try contrast(colours, "c\(look)", "panel")
        XCTAssertGreaterThanOrEqual(ratio, 3, "\(scheme): c\(look)")
      }
    }
  }

  private func schemes() throws -> [(name: String, colours: [String: String])] {
    let parts = Theme.variables.components(separatedBy: "@media")
    XCTAssertEqual(parts.count, 2)
    return zip(["light", "dark"], parts).map { name, text in
      var colours: [String: String] = [:]
      for entry in text.components(separatedBy: "--").dropFirst() {
        let pair = entry.components(separatedBy: ":")
        let value = pair[1].prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces)
        colours[pair[0]] = value
      }
      return (name, colours)
    }
  }

  private func contrast(_ colours: [String: String], _ a: String, _ b: String) throws -> Double {
    let levels = try [a, b].map { try luminance(XCTUnwrap(colours[$0])) }.sorted()
    return (levels[1] + 0.05) / (levels[0] + 0.05)
  }

  /// WCAG 2.2, relative luminance.
  private func luminance(_ colour: String) throws -> Double {
    let value = try XCTUnwrap(Int(colour.dropFirst(), radix: 16))
    return zip([16, 8, 0], [0.2126, 0.7152, 0.0722]).reduce(0) { sum, part in
      let level = Double(value >> part.0 & 255) / 255
      return sum + part.1 * (level <= 0.04045 ? level / 12.92 : pow((level + 0.055) / 1.055, 2.4))
    }
  }
}

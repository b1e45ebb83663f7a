/// Points in whole hundredths, so that sums are exact.
package struct Points: Hashable, Comparable, Sendable {
  /// The number of hundredths.
  package let hundredths: Int

  /// No points.
  package static let zero = Points(hundredths: 0)

  /// So many hundredths of a point.
  package init(hundredths: Int) {
    self.hundredths = hundredths
  }

  /// The points nearest to a number, or nil if it is not a whole number of hundredths.
  package init?(exactly value: Double) {
    let scaled = value * 100
    guard abs(scaled) < 1e12 else { return nil }
    let nearest = Int(scaled < 0 ? scaled - 0.5 : scaled + 0.5)
    guard abs(scaled - Double(nearest)) < 1e-6 else { return nil }
    hundredths = nearest
  }

  /// The number of points.
  package var value: Double { Double(hundredths) / 100 }

  /// Fewer hundredths.
  package static func < (left: Points, right: Points) -> Bool {
    left.hundredths < right.hundredths
  }

  /// The sum of two scores.
  package static func + (left: Points, right: Points) -> Points {
    Points(hundredths: left.hundredths + right.hundredths)
  }
}

extension Points: Codable {
  /// Reads a number of points.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let value = try container.decode(Double.self)
    guard let points = Points(exactly: value) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "\(value) points: not whole hundredths"
      )
    }
    self = points
  }

  /// Writes a number of points.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}

extension Points: CustomStringConvertible {
  /// The number without superfluous zeros.
  package var description: String {
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    guard rest != 0 else { return "\(whole)" }
    let digits = abs(rest) < 10 ? "0\(abs(rest))" : "\(abs(rest))"
    let sign = hundredths < 0 && whole == 0 ? "-" : ""
    return "\(sign)\(whole).\(digits.hasSuffix("0") ? String(digits.dropLast()) : digits)"
  }
}

extension Sequence<Points> {
  /// All of them together.
  package var total: Points { reduce(.zero, +) }
}

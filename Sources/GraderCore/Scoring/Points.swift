/// Points in whole hundredths, so that sums are exact.
public struct Points: Hashable, Comparable, Sendable {
  /// The number of hundredths.
  public let hundredths: Int

  /// No points.
  public static let zero = Points(hundredths: 0)

  /// So many hundredths of a point.
  public init(hundredths: Int) {
    self.hundredths = hundredths
  }

  /// The points nearest to a number, or nil if it is not a whole number of hundredths.
  public init?(exactly value: Double) {
    let scaled = value * 100
    guard scaled.isFinite, abs(scaled) < 1e12, abs(scaled - scaled.rounded()) < 1e-6 else {
      return nil
    }
    hundredths = Int(scaled.rounded())
  }

  /// The number of points.
  public var value: Double { Double(hundredths) / 100 }

  /// Fewer hundredths.
  public static func < (left: Points, right: Points) -> Bool {
    left.hundredths < right.hundredths
  }

  /// The sum of two scores.
  public static func + (left: Points, right: Points) -> Points {
    Points(hundredths: left.hundredths + right.hundredths)
  }
}

extension Points: Codable {
  /// Reads a number of points.
  public init(from decoder: any Decoder) throws {
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
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}

extension Points: CustomStringConvertible {
  /// The number without superfluous zeros.
  public var description: String {
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    guard rest != 0 else { return "\(whole)" }
    let digits = abs(rest) < 10 ? "0\(abs(rest))" : "\(abs(rest))"
    let sign = hundredths < 0 && whole == 0 ? "-" : ""
    return "\(sign)\(whole).\(digits.hasSuffix("0") ? String(digits.dropLast()) : digits)"
  }
}

extension Sequence<Points> {
  /// All of them together.
  public var total: Points { reduce(.zero, +) }
}

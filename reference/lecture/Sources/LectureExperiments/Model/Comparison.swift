internal import LectureCharts

/// Numbers of ours beside those that they should be.
package struct Comparison: Sendable {
  /// The caption above the numbers.
  package let caption: String
  /// The source of the other numbers.
  package let source: Source
  /// The numbers.
  package let rows: [Row]

  /// True if there is a number to hold one of ours against.
  var hasSource: Bool { rows.contains { $0.expected != nil } }

  /// One number.
  package struct Row: Sendable {
    /// The name of the quantity.
    package let what: String
    /// The value that it should have, if that is known.
    package let expected: String?
    /// The value that it has here.
    package let measured: String
    /// The agreement of the two.
    package let agreement: Agreement
  }
}

/// The agreement of a number with the value that it should have.
package enum Agreement: Equatable, Sendable {
  /// In every digit that is printed.
  case equal
  /// Within the tolerance, which is said.
  case close(String)
  /// Not at all.
  case different(String)
  /// There is nothing to agree with.
  case open

  /// True if the number should worry us.
  package var isFault: Bool { if case .different = self { true } else { false } }
}

extension Comparison.Row {
  /// A number that must be right in every printed digit.
  static func digits(
    _ what: String,
    _ expected: String,
    _ value: Double,
    _ decimals: Int
  ) -> Comparison.Row { exact(what, expected, Numbers.fixed(value, decimals)) }

  /// Words that must be the same.
  static func exact(_ what: String, _ expected: String, _ measured: String) -> Comparison.Row {
    Comparison.Row(
      what: what,
      expected: expected,
      measured: measured,
      agreement: expected == measured ? .equal : .different("must be equal")
    )
  }

  /// A count that must be right.
  static func count(_ what: String, _ expected: Int, _ measured: Int) -> Comparison.Row {
    exact(what, Numbers.grouped(expected), Numbers.grouped(measured))
  }

  /// A number that may differ by a share of what it should be.
  static func near(
    _ what: String,
    _ expected: Double,
    _ measured: Double,
    within share: Double,
    digits: Int = 3
  ) -> Comparison.Row {
    let tolerance = "within \(Numbers.short(100 * share, 4)) %"
    let agrees = abs(measured - expected) <= share * abs(expected)
    let (theirs, ours) = (
      Numbers.significant(expected, digits), Numbers.significant(measured, digits)
    )
    return Comparison.Row(
      what: what,
      expected: theirs,
      measured: ours,
      agreement: !agrees
        ? .different("not \(tolerance)")
        : theirs == ours ? .equal : .close(tolerance)
    )
  }

  /// A number that must be zero up to rounding.
  static func vanishing(
    _ what: String,
    _ measured: Double,
    below limit: Double
  ) -> Comparison.Row {
    let said = "below \(Numbers.significant(limit, 1))"
    return Comparison.Row(
      what: what,
      expected: "0",
      measured: Numbers.significant(measured, 2),
      agreement: abs(measured) <= limit ? .close(said) : .different("not \(said)")
    )
  }

  /// A statement that must be true.
  static func holds(_ what: String, _ truth: Bool) -> Comparison.Row {
    exact(what, "yes", truth ? "yes" : "no")
  }

  /// A number between two others.
  static func between(
    _ what: String,
    _ range: ClosedRange<Double>,
    _ measured: Double,
    decimals: Int
  ) -> Comparison.Row {
    let agrees = range.contains(measured)
    return Comparison.Row(
      what: what,
      expected: Numbers.short(range.lowerBound, decimals) + " to "
        + Numbers.short(range.upperBound, decimals),
      measured: Numbers.fixed(measured, decimals),
      agreement: agrees ? .close("in between") : .different("outside")
    )
  }

  /// A number that stands alone.
  static func shown(_ what: String, _ measured: String) -> Comparison.Row {
    Comparison.Row(what: what, expected: nil, measured: measured, agreement: .open)
  }

  /// A number beside another, without a judgement, such as when other data were used.
  static func beside(_ what: String, _ expected: String, _ measured: String) -> Comparison.Row {
    Comparison.Row(what: what, expected: expected, measured: measured, agreement: .open)
  }
}

extension Comparison.Row {
  /// A number that may differ by so much.
  static func within(
    _ what: String,
    _ expected: Double,
    _ measured: Double,
    _ tolerance: Double,
    decimals: Int
  ) -> Comparison.Row {
    let (theirs, ours) = (Numbers.fixed(expected, decimals), Numbers.fixed(measured, decimals))
    let said = "within \(Numbers.significant(tolerance, 1))"
    // Half a digit more, since what is expected was rounded when it was printed.
    let agrees = abs(measured - expected) <= tolerance * 1.1
    return Comparison.Row(
      what: what,
      expected: theirs,
      measured: ours,
      agreement: theirs == ours ? .equal : agrees ? .close(said) : .different("not \(said)")
    )
  }
}

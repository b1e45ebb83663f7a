internal import Glibc

/// The spacing of numbers on an axis.
package enum AxisKind: Equatable, Sendable {
  /// Equal steps for equal differences.
  case linear
  /// Equal steps for equal factors; only positive numbers have a place.
  case logarithmic
}

/// An axis: its title, the spacing of its numbers, and its marks.
package struct Axis: Equatable, Sendable {
  let title: String
  let kind: AxisKind
  /// The range that must be seen whatever the data are; nil to follow the data.
  let range: ClosedRange<Double>?
  /// The marks, in place of round numbers.
  let ticks: [Tick]?

  package init(
    _ title: String,
    _ kind: AxisKind = .linear,
    range: ClosedRange<Double>? = nil,
    ticks: [Tick]? = nil
  ) {
    (self.title, self.kind, self.range, self.ticks) = (title, kind, range, ticks)
  }
}

/// A mark on an axis.
package struct Tick: Equatable, Sendable {
  let value: Double
  let label: String

  package init(_ value: Double, _ label: String) { (self.value, self.label) = (value, label) }
}

/// An axis that knows its ends: maps numbers to places from 0 to 1.
struct Scale: Equatable {
  let kind: AxisKind
  let low: Double
  let high: Double
  let ticks: [Tick]

  /// The scale of an axis that shows these numbers; what cannot be placed is left out.
  init(_ axis: Axis, showing values: [Double]) {
    kind = axis.kind
    let extremes = values + (axis.range.map { [$0.lowerBound, $0.upperBound] } ?? [])
    let usable = extremes.filter { $0.isFinite && (axis.kind == .linear || $0 > 0) }
    let (least, most) = (usable.min() ?? 0, usable.max() ?? 1)
    let found: (low: Double, high: Double, ticks: [Tick])
    switch axis.kind {
    case .linear: found = Self.linear(least, most, exact: axis.range != nil)
    case .logarithmic: found = Self.logarithmic(least, most)
    }
    (low, high) = (found.low, found.high)
    ticks = axis.ticks ?? found.ticks
  }

  /// The place of a number, 0 at the low end and 1 at the high one; nil when it has none.
  func place(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    if kind == .linear { return (value - low) / (high - low) }
    guard value > 0 else { return nil }
    return log10(value / low) / log10(high / low)
  }

  /// About five marks at multiples of 1, 2 or 5; the ends are marks unless they are given.
  private static func linear(
    _ least: Double,
    _ most: Double,
    exact: Bool
  ) -> (low: Double, high: Double, ticks: [Tick]) {
    let spread = most > least ? most - least : max(abs(most), 1)
    let top = most > least ? most : least + spread
    let power = pow(10, floor(log10(spread / 4)))
    let step = power * ([1, 2, 5].first { spread / 4 <= $0 * power * 1.001 } ?? 10)
    let first = exact ? (least / step).rounded(.up) : (least / step).rounded(.down)
    let last = exact ? (top / step).rounded(.down) : (top / step).rounded(.up)
    let decimals = max(0, -Int(floor(log10(step))))
    let ticks = stride(from: first, through: last, by: 1).map {
      Tick($0 * step, Numbers.fixed($0 * step + 0, decimals))
    }
    return exact ? (least, top, ticks) : (first * step, last * step, ticks)
  }

  /// Marks at powers of ten, at most about six; within two decades also at 2 and 5.
  private static func logarithmic(
    _ least: Double,
    _ most: Double
  ) -> (low: Double, high: Double, ticks: [Tick]) {
    guard least > 0 else { return (1, 10, [Tick(1, "1"), Tick(10, "10")]) }
    let (first, last) = (Int(floor(log10(least) + 1e-9)), Int(ceil(log10(most) - 1e-9)))
    let top = max(last, first + 1)
    let every = (top - first + 5) / 6
    let ticks = stride(from: first, through: top, by: every).flatMap { exponent in
      (top - first <= 2 ? [1, 2, 5] : [1])
        .map { ($0 * pow(10, Double(exponent)), $0, exponent) }
        .filter { $0.0 <= pow(10, Double(top)) * 1.001 }
        .map { Tick($0.0, powerLabel($0.1, $0.2)) }
    }
    return (pow(10, Double(first)), pow(10, Double(top)), ticks)
  }

  private static func powerLabel(_ factor: Double, _ exponent: Int) -> String {
    if (-2...3).contains(exponent) {
      return Numbers.fixed(factor * pow(10, Double(exponent)), max(0, -exponent))
    }
    return (factor == 1 ? "" : "\(Int(factor))·") + "10" + Numbers.superscript(exponent)
  }
}

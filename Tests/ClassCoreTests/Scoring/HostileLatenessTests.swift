import ClassCore
import GraderCore
import Testing

/// Prices of lateness that somebody mistyped by many zeros.
@Suite struct HostileLatenessTests {
  /// As late as a due date in the first year of the calendar makes them, and later.
  @Test(arguments: [
    LateRule(unit: .hour, cost: .points(Points(hundredths: 999_999_999_999))),
    LateRule(unit: .hour, cost: .percentOfEarned(1e300)),
    LateRule(unit: .day, cost: .percentOfMaximum(1e300), capPercent: 1e300),
    LateRule(unit: .hour, cost: .points(Points(hundredths: -5))),
    LateRule(unit: .hour, cost: .points(Points(hundredths: -999_999_999_999))),
    LateRule(unit: .hour, cost: .percentOfEarned(0), grace: .infinity),
  ])
  func nobodyHasLessThanNothing(rule: LateRule) {
    let (earned, maximum) = (Points(hundredths: 300), Points(hundredths: 400))
    for units in [0, 1, 20_000_000, 1 << 40] {
      let penalty = rule.penalty(units: units, earned: earned, maximum: maximum)
      #expect(penalty >= .zero && penalty <= earned, "\(units)")
    }
  }
}

package import GraderCore

/// The price of lateness.
package struct LateRule: Equatable, Sendable {
  /// The unit of lateness; a unit that has begun counts.
  package enum Unit: String, NamedChoice, Sendable {
    case hour
    case day

    /// Its length in seconds.
    package var seconds: Double { self == .hour ? 3600 : 86_400 }
  }

  /// The amount that a unit takes away.
  package enum Cost: Equatable, Sendable {
    /// Points.
    case points(Points)
    /// Hundredths of what was earned.
    case percentOfEarned(Double)
    /// Hundredths of what could be reached.
    case percentOfMaximum(Double)
  }

  /// See `Unit`.
  package var unit: Unit
  /// See `Cost`.
  package var cost: Cost
  /// Seconds that nobody minds; who needs more is late from the due date on.
  package var grace: Double
  /// The most that lateness takes away, in hundredths of what was earned or could be reached, as
  /// `cost` has it; for points, in hundredths of what could be reached.
  package var capPercent: Double
  /// Seconds after which the work no longer counts; nil if it always does.
  package var closesAfter: Double?
  /// The units that stand for a lateness of which only the fact is known; nil if it is free.
  package var unitsIfUnknown: Int?

  package init(
    unit: Unit,
    cost: Cost,
    grace: Double = 0,
    capPercent: Double = 100,
    closesAfter: Double? = nil,
    unitsIfUnknown: Int? = nil
  ) {
    self.unit = unit
    self.cost = cost
    self.grace = grace
    self.capPercent = capPercent
    self.closesAfter = closesAfter
    self.unitsIfUnknown = unitsIfUnknown
  }

  /// The number of units that have begun after so many seconds.
  package func units(seconds: Double) -> Int {
    seconds <= grace || seconds <= 0 ? 0 : Int((seconds / unit.seconds).rounded(.up))
  }

  /// The points that so many units take away: never more than there are, and rounded in the
  /// student's favour.
  package func penalty(units: Int, earned: Points, maximum: Points) -> Points {
    let (wanted, base): (Double, Points) =
      switch cost {
      case .points(let points): (Double(points.hundredths) * Double(units), maximum)
      case .percentOfEarned(let percent):
        (Double(earned.hundredths) * percent / 100 * Double(units), earned)
      case .percentOfMaximum(let percent):
        (Double(maximum.hundredths) * percent / 100 * Double(units), maximum)
      }
    let most = min(Double(base.hundredths) * capPercent / 100, Double(earned.hundredths))
    // A product such as 0.1 x 30 may lie a hair below the whole number that it is.
    return Points(hundredths: Int((max(0, min(wanted, most)) + 1e-6).rounded(.down)))
  }
}

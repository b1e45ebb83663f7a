/// A number that is zero in any formula: an entry whose addends cancel, all of them short dyadic
/// fractions, or the difference of two entries that are made of the same numbers.
///
/// Analytic code errs here by nothing at all, by the last digits of `Double`, or by those of
/// `Float`. Between these lies a band in which the noise of a difference quotient is, whatever its
/// step and however it is extrapolated: the last digits of a loss, divided by a step.
public struct ExactZero: Sendable {
  /// More than `Double` errs, in units.
  private static let least = 0x1p-49
  /// Less than `Float` errs.
  private static let most = 0x1p-31

  private let difference: Double
  private let entries: [Double]
  private let unit: Double

  /// An entry that is zero; the unit is the size of its addends.
  public init(_ entry: Double, unit: Double) {
    (difference, entries, self.unit) = (entry, [entry], unit)
  }

  /// The difference of two entries that are the same; the unit is the size of their addends.
  public init(_ one: Double, minus another: Double, unit: Double) {
    (difference, entries, self.unit) = (one - another, [one, another], unit)
  }

  /// What the number says of the code that made it.
  public var outcome: Probe.Outcome {
    let size = abs(difference) / unit
    if size <= Self.least { return .passes }
    if size <= Self.most || !size.isFinite { return .fails }
    return entries.allSatisfy { Double(Float($0)) == $0 } ? .undecided : .fails
  }
}

package import GraderCore

/// The agreement of two people who marked the same answers.
package struct Agreement: Equatable, Sendable {
  /// The number of answers that both marked.
  package let count: Int
  /// The share with the same points.
  package let exact: Double
  /// The share whose points differ by one at most.
  package let withinOne: Double
  /// The mean of the first one's points less the second one's: who is milder.
  package let meanDifference: Double
  /// Cohen's weighted kappa, weights by the square of the difference: 1 is full agreement, 0 what
  /// chance gives; nil if both gave everybody the same.
  package let kappa: Double?

  /// The agreement on pairs of points; nil if there are none.
  ///
  /// Source: Cohen 1968, weighted kappa.
  package init?(_ pairs: [(first: Points, second: Points)]) {
    guard !pairs.isEmpty else { return nil }
    let differences = pairs.map { $0.first.hundredths - $0.second.hundredths }
    let n = Double(pairs.count)
    count = pairs.count
    exact = Double(differences.count { $0 == 0 }) / n
    withinOne = Double(differences.count { abs($0) <= 100 }) / n
    meanDifference = Double(differences.reduce(0, +)) / n / 100
    // What independent markers with these marks would differ by, over all pairs of answers:
    // mean of (x - y)² = mean x² - 2 mean x mean y + mean y².
    let (first, second) = (pairs.map { $0.first.value }, pairs.map { $0.second.value })
    let mean = { (values: [Double]) in values.reduce(0, +) / n }
    let expected =
      mean(first.map { $0 * $0 }) - 2 * mean(first) * mean(second)
      + mean(second.map { $0 * $0 })
    let observed = differences.map { Double($0 * $0) / 10_000 }.reduce(0, +) / n
    kappa = expected > 1e-9 ? 1 - observed / expected : nil
  }
}

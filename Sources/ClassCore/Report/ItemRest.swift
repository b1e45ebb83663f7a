import Foundation

/// The correlation of a test's points with the sum of all others.
package struct ItemRest: Sendable {
  /// Pearson's correlation.
  package let correlation: Result<Double, Unmeasured>
  /// Its 95 % interval by Fisher's transformation, `tanh(artanh r ± 1.96 / √(n - 3))`.
  package let interval: Result<ClosedRange<Double>, Unmeasured>

  /// The standard normal distribution's quantile at 0.975.
  private static let quantile = 1.959963984540054

  /// Neither, for this reason.
  init(_ reason: Unmeasured) {
    correlation = .failure(reason)
    interval = .failure(reason)
  }

  /// The figures of a number of submissions.
  ///
  /// - Parameters:
  ///   - test: n² times the variance of the test's points.
  ///   - rest: n² times the variance of the sum of all others.
  ///   - covariance: n² times the covariance of the two.
  ///   - count: The number of submissions, n.
  init(test: Int128, rest: Int128, covariance: Int128, count: Int) {
    correlation = Self.correlation(test, rest, covariance, count: count)
    interval = correlation.flatMap { Self.interval(around: $0, count: count) }
  }

  private static func correlation(
    _ test: Int128,
    _ rest: Int128,
    _ covariance: Int128,
    count: Int
  ) -> Result<Double, Unmeasured> {
    guard count > 1 else { return .failure(.fewSubmissions) }
    guard test > 0 else { return .failure(.samePoints) }
    guard rest > 0 else { return .failure(.sameRest) }
    let value = Double(covariance) / (Double(test) * Double(rest)).squareRoot()
    // Rounding leaves some 1e-16 of what is 1 or -1.
    return .success(abs(value) > 1 - 1e-12 ? value.rounded() : value)
  }

  private static func interval(
    around correlation: Double,
    count: Int
  ) -> Result<ClosedRange<Double>, Unmeasured> {
    guard count > 3 else { return .failure(.fewForInterval) }
    guard abs(correlation) < 1 else { return .failure(.perfect) }
    let (center, half) = (atanh(correlation), quantile / Double(count - 3).squareRoot())
    return .success(tanh(center - half)...tanh(center + half))
  }

  /// True if those who do well on the others do worse on this test, and not by chance alone.
  var isReversed: Bool { (try? interval.get()).map { $0.upperBound < 0 } ?? false }
}

import GraderCore

/// Figures on how well tests measure, each by itself and all together.
///
/// They are about the largest group of submissions that were graded by the same tests: a sum of
/// other tests, or of other points for the same, cannot be compared.
package struct ItemAnalysis: Sendable {
  /// The number of submissions that the figures are about.
  package let submissions: Int
  /// The number of tests that the figures are about.
  package let tests: Int
  /// The number of submissions left out because they were graded by other tests.
  package let ofOtherTests: Int
  /// The number of submissions left out because nothing of them could be tried.
  package let untried: Int
  /// Cronbach's alpha, `k / (k - 1) · (1 - Σ variance of a test / variance of the sum)`, over the
  /// `k` tests whose points differ.
  package let alpha: Result<Double, Unmeasured>
  /// The standard error of a sum of points, `SD · √(1 - alpha)` with the sample's deviation, in
  /// points.
  package let standardError: Result<Double, Unmeasured>
  private let correlations: [String: ItemRest]

  /// The figures about the largest of some cohorts, of equals the first.
  ///
  /// - Parameters:
  ///   - cohorts: All submissions of which something was tried.
  ///   - items: The items by their places, of which the cohorts' entries are some.
  ///   - untried: The number of submissions in no cohort.
  init(_ cohorts: [Cohort], items: [ClassReport.Item], untried: Int) {
    let cohort = cohorts.reduce(Cohort(entries: [])) { $1.count > $0.count ? $1 : $0 }
    let counted = cohort.entries.indices.filter { !cohort.unmarked.contains($0) }
    let own = counted.map { cohort.covariance($0, $0) }
    let withSum = counted.map { one in counted.map { cohort.covariance(one, $0) }.reduce(0, +) }
    let sum = withSum.reduce(0, +)
    submissions = cohort.count
    tests = counted.count
    ofOtherTests = cohorts.map(\.count).reduce(0, +) - cohort.count
    self.untried = untried
    alpha = Self.alpha(own, sum: sum, count: cohort.count)
    standardError = Self.standardError(own, sum: sum, count: cohort.count)

    var correlations = Dictionary(
      uniqueKeysWithValues: items.map { item in
        (item.id, ItemRest(item.maxScore > .zero ? .otherTests : .noPoints))
      }
    )
    let ids = cohort.entries.map { items[$0.place].id }
    for test in cohort.unmarked { correlations[ids[test]] = ItemRest(.unmarked) }
    for (number, test) in counted.enumerated() {
      correlations[ids[test]] = ItemRest(
        test: own[number],
        rest: sum - 2 * withSum[number] + own[number],
        covariance: withSum[number] - own[number],
        count: cohort.count
      )
    }
    self.correlations = correlations
  }

  /// The correlation of an item, by its id in the rubric, with all others.
  package subscript(id: String) -> ItemRest { correlations[id] ?? ItemRest(.otherTests) }

  // MARK: Formulas

  // All variances are times n², and whole: what is zero is so exactly, and no root is of less.

  private static func alpha(
    _ variances: [Int128],
    sum: Int128,
    count: Int
  ) -> Result<Double, Unmeasured> {
    let tests = Int128(variances.count { $0 > 0 })
    guard count > 1 else { return .failure(.fewSubmissions) }
    guard tests > 1 else { return .failure(.fewTests) }
    guard sum > 0 else { return .failure(.sameSum) }
    let common = tests * (sum - variances.reduce(0, +))
    return .success(Double(common) / Double((tests - 1) * sum))
  }

  private static func standardError(
    _ variances: [Int128],
    sum: Int128,
    count: Int
  ) -> Result<Double, Unmeasured> {
    alpha(variances, sum: sum, count: count).flatMap { alpha in
      guard alpha >= 0 else { return .failure(.negativeAlpha) }
      // variance of the sum · (1 - alpha), where the difference would lose its digits near one.
      let tests = Int128(variances.count { $0 > 0 })
      let error = Double(tests * variances.reduce(0, +) - sum) / Double(tests - 1)
      let hundredths = (error / Double(count) / Double(count - 1)).squareRoot()
      return .success(hundredths / 100)
    }
  }
}

import GraderCore

extension ClassReport {
  /// One item of the rubric, and how the class did on it.
  package struct Item: Sendable {
    let id: String
    let title: String
    let maxScore: Points
    private let visibility: Assignment.Visibility
    let isPending: Bool
    /// The number of times that each verdict was given.
    private(set) var counts: [Verdict.Kind: Int] = [:]
    /// Seconds of those that ran.
    private(set) var seconds: [Float] = []
    // Sums in hundredths, exact: 20,000 submissions of 100 points stay far below 2^63.
    private var (n, x, t, xx, tt, xt) = (0, 0, 0, 0, 0, 0)

    init(_ test: Grade.TestResult) {
      id = test.id
      title = test.title
      maxScore = test.maxScore
      visibility = test.visibility
      isPending = test.status.isPending
    }

    /// The reason why not every student sees it; nil if all do.
    var secrecy: String? {
      switch visibility {
      case .visible: nil
      case .afterDueDate: "shown after the due date"
      case .hidden: "hidden from students"
      }
    }

    /// Counts one result, of a submission with this sum over all that a machine grades.
    ///
    /// One that is not judged says nothing about the item, and is in no figure.
    mutating func add(_ test: Grade.TestResult, sum: Points) {
      counts[test.status, default: 0] += 1
      if test.status == .notJudged { return }
      if let usage = test.usage { seconds.append(Float(usage.wallSeconds)) }
      let (score, total) = (test.score.hundredths, sum.hundredths)
      n += 1
      x += score
      t += total
      xx += score * score
      tt += total * total
      xt += score * total
    }

    /// The number of submissions that the item was judged in.
    package var count: Int { n }

    /// The share of its points that the class got; nil if nobody has a result or it has no points.
    package var difficulty: Double? {
      guard n > 0, maxScore > .zero else { return nil }
      return Double(x) / Double(n * maxScore.hundredths)
    }

    /// The power of the item to tell strong submissions from weak ones.
    ///
    /// The correlation of its points with the sum of all other items; nil if either is the same
    /// for everybody.
    package var discrimination: Double? {
      // n² times the variances and the covariance, which are whole numbers.
      let (count, sumX, sumT) = (Double(n), Double(x), Double(t))
      let varX = count * Double(xx) - sumX * sumX
      let varT = count * Double(tt) - sumT * sumT
      let cov = count * Double(xt) - sumX * sumT
      let varRest = varT + varX - 2 * cov
      guard n > 1, varX > 0, varRest > 0.5 else { return nil }
      return (cov - varX) / (varX * varRest).squareRoot()
    }

    /// A warning to the teacher, in words; nil if there is none.
    package var warning: String? {
      guard n > 0, !isPending else { return nil }
      if counts[.passed] == n { return n > 1 ? "nobody loses points" : nil }
      if x == 0 { return n > 1 ? "nobody gets points" : nil }
      if let discrimination, discrimination < 0 { return "the weaker do better" }
      return nil
    }

    var medianSeconds: Double? { Summary(seconds.map(Double.init))?.median }
    var longestSeconds: Double? { seconds.max().map(Double.init) }
  }
}

/// The usual figures about some numbers.
package struct Summary: Equatable, Sendable {
  /// The number of values.
  package let count: Int
  /// Their mean.
  package let mean: Double
  /// The standard deviation, with n - 1; zero for a single one.
  package let deviation: Double
  private let sorted: [Double]

  /// The figures about these numbers; nil if there are none.
  package init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    sorted = values.sorted()
    count = values.count
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    let squares = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    deviation = count > 1 ? (squares / Double(count - 1)).squareRoot() : 0
  }

  /// The value below which this share of all lies, linear between neighbours.
  package func quantile(_ share: Double) -> Double {
    let place = share * Double(count - 1)
    let below = min(Int(place), count - 1)
    let above = min(below + 1, count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }

  /// The middle value.
  package var median: Double { quantile(0.5) }
}

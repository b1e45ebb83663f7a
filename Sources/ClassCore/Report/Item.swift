import GraderCore

extension ClassReport {
  /// One item of the rubric, and how the class did on it.
  package struct Item: Sendable {
    let id: String
    let title: String
    let maxScore: Points
    private let visibility: Assignment.Visibility
    /// The number of submissions that wait for a person to mark it.
    private(set) var waiting = 0
    /// The number of times that each verdict was given, people's marks left out.
    private(set) var counts: [Verdict.Kind: Int] = [:]
    /// Seconds of those that ran.
    private(set) var seconds: [Float] = []
    /// The number of submissions that have points for it.
    package private(set) var count = 0
    private var sum = Points.zero

    init(_ test: Grade.TestResult) {
      id = test.id
      title = test.title
      maxScore = test.maxScore
      visibility = test.visibility
    }

    /// The reason why not every student sees it; nil if all do.
    var secrecy: String? {
      switch visibility {
      case .visible: nil
      case .afterDueDate: "shown after the due date"
      case .hidden: "hidden from students"
      }
    }

    /// Counts one result, with the points that people gave if it is theirs to give.
    ///
    /// One that is not judged says nothing about the item, and is in no figure.
    mutating func add(_ test: Grade.TestResult, mark: Points?) {
      if test.status == .notJudged {
        counts[test.status, default: 0] += 1
      } else if !test.status.isPending {
        counts[test.status, default: 0] += 1
        if let usage = test.usage { seconds.append(Float(usage.wallSeconds)) }
        add(test.score)
      } else if let mark {
        add(mark)
      } else {
        waiting += 1
      }
    }

    private mutating func add(_ points: Points) {
      count += 1
      sum = sum + points
    }

    /// The share of its points that the class got; nil if nobody has a result or it has no points.
    package var difficulty: Double? {
      guard count > 0, maxScore > .zero else { return nil }
      return sum.value / (Double(count) * maxScore.value)
    }

    /// A warning to the teacher, in words; nil if there is none.
    ///
    /// Chance alone makes none: a correlation counts as negative if its interval is.
    func warning(_ rest: ItemRest) -> String? {
      guard count > 1, waiting == 0 else { return nil }
      if counts[.passed] == count { return "nobody loses points" }
      if sum == .zero { return "nobody gets points" }
      return rest.isReversed ? "the weaker do better" : nil
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

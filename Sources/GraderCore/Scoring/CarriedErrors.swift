/// One slip costs its own step, not every chain through it again.
package enum CarriedErrors {
  /// The points of a chain that is wrong, but right for the student's own steps: its points times
  /// the share that those steps earned.
  ///
  /// - Parameters:
  ///   - test: The chain's test.
  ///   - results: The results of all tests.
  /// - Returns: Whole hundredths, rounded down; none if the steps earned none.
  package static func points(
    of test: Assignment.Test,
    given results: [Grade.TestResult]
  ) -> Points {
    let steps = results.filter { test.carries?.contains($0.id) ?? false }
    let best = steps.map(\.maxScore).total.hundredths
    guard best > 0 else { return .zero }
    let earned = steps.map(\.score).total.hundredths
    return Points(hundredths: test.points.hundredths * earned / best)
  }

  /// The results with the carried chains' points.
  ///
  /// - Parameters:
  ///   - results: The results in the order of the tests.
  ///   - tests: The tests.
  ///   - carried: The ids of chains that are right for the student's own steps.
  /// - Returns: The results; a chain that earns something is `partial`.
  package static func applied(
    to results: [Grade.TestResult],
    tests: [Assignment.Test],
    carried: Set<String>
  ) -> [Grade.TestResult] {
    results.map { result in
      guard carried.contains(result.id), let test = tests.first(where: { $0.id == result.id })
      else { return result }
      let points = points(of: test, given: results)
      guard points > .zero else { return result }
      var result = result
      result.status = Verdict.partial(points).name
      result.score = points
      result.message =
        "Right for your own steps: the error is carried over from them, and costs "
        + "only what they cost. \(result.message)"
      return result
    }
  }
}

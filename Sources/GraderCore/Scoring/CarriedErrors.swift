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
    // In the rubric's order, so that a chain through a chain counts what that one has earned.
    var applied = results
    for index in results.indices where carried.contains(results[index].id) {
      guard let test = tests.first(where: { $0.id == results[index].id }) else { continue }
      let points = points(of: test, given: applied)
      guard points > .zero else { continue }
      applied[index].status = .partial
      applied[index].score = points
      applied[index].message =
        "Right for your own steps: the error is carried over from them, and costs "
        + "only what they cost. \(applied[index].message)"
    }
    return applied
  }
}

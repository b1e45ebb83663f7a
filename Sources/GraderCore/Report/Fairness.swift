/// The price of slips: each costs its own points and its share of the chains through it, in
/// whatever way the function is lost.
package struct Fairness: Codable, Equatable, Sendable {
  /// A way to lose a function.
  package enum Form: String, Codable, CaseIterable, Sendable {
    /// It answers wrongly.
    case value
    /// It traps.
    case trap
    /// It throws an error of its own.
    case error
    /// It is not public.
    case notPublic
    /// It does not compile.
    case notCompiling
  }

  /// A test that lost more than its due.
  package struct Excess: Codable, Equatable, Sendable {
    /// The test's id.
    package var test: String
    /// The points it has.
    package var score: Points
    /// The points that are its due.
    package var due: Points

    package init(test: String, score: Points, due: Points) {
      (self.test, self.score, self.due) = (test, score, due)
    }
  }

  /// The price of one slip.
  package struct Price: Codable, Equatable, Sendable {
    /// The planted mistake, or the form.
    package var slip: String
    /// The function that it is in.
    package var function: String
    /// Its form.
    package var form: Form
    /// The program that it is planted in: a variant's name, or empty for the solution.
    package var program: String
    /// The points lost, seed by seed.
    package var lost: [Points]
    /// The tests that have to do with it by a chain, or not at all, and lost more than their due.
    package var excesses: [Excess]

    package init(
      slip: String,
      function: String,
      form: Form,
      program: String,
      lost: [Points],
      excesses: [Excess]
    ) {
      (self.slip, self.function, self.form) = (slip, function, form)
      (self.program, self.lost, self.excesses) = (program, lost, excesses)
    }

    /// True if it costs no more than its due, and the same under all seeds.
    package var isFair: Bool { excesses.isEmpty && Set(lost).count == 1 }
  }

  /// Two slips at once.
  package struct Pair: Codable, Equatable, Sendable {
    /// The slips.
    package var slips: [String]
    /// The points lost with both.
    package var lost: Points
    /// The points lost with each alone.
    package var alone: [Points]

    package init(slips: [String], lost: Points, alone: [Points]) {
      (self.slips, self.lost, self.alone) = (slips, lost, alone)
    }

    /// True if both cost at least what either does.
    package var isFair: Bool { alone.allSatisfy { $0 <= lost } }
  }

  /// The assignment's id.
  package var assignment: String
  /// The prices of all slips that were tried, the dearest first.
  package var prices: [Price]
  /// The pairs that were tried.
  package var pairs: [Pair]
  /// The slips that were not tried, and why, in sentences.
  package var untried: [String]

  package init(assignment: String, prices: [Price], pairs: [Pair], untried: [String]) {
    (self.assignment, self.prices) = (assignment, prices)
    (self.pairs, self.untried) = (pairs, untried)
  }

  /// The most that one form of losing a whole function may cost, in units of another.
  package static let mostRatio = 1.5

  /// The functions with the points that each form of losing them costs, the dearest first.
  ///
  /// Of wrong values the dearest counts: others leave part of the answer right.
  package var functions: [(name: String, costs: [Form: Points])] {
    let alone = prices.filter(\.program.isEmpty)
    return Dictionary(grouping: alone, by: \.function)
      .map { name, prices in
        let costs = Dictionary(grouping: prices, by: \.form)
          .compactMapValues { $0.compactMap { $0.lost.max() }.max() }
        return (name, costs)
      }
      .sorted {
        ($1.costs.values.max() ?? .zero, $0.name) < ($0.costs.values.max() ?? .zero, $1.name)
      }
  }

  /// The functions of which one form is more than `mostRatio` times as dear as another.
  package var uneven: [String] {
    functions.filter { _, costs in
      guard let least = costs.values.min(), let most = costs.values.max() else { return false }
      return Double(most.hundredths) > Self.mostRatio * Double(least.hundredths)
    }.map(\.name)
  }

  /// True if all slips have a fair price.
  package var isGood: Bool {
    uneven.isEmpty && prices.allSatisfy(\.isFair) && pairs.allSatisfy(\.isFair)
  }
}

extension Fairness.Excess {
  /// The tests that lost more than their due by a slip in a function.
  ///
  /// A chain's due is the share that its own steps have earned; the due of any other test that is
  /// not about the function is all its points.
  ///
  /// - Parameters:
  ///   - results: The results with the slip.
  ///   - tests: The rubric.
  ///   - own: The ids of the tests that are about the function.
  /// - Returns: The tests, in the order of the rubric.
  package static func all(
    in results: [Grade.TestResult],
    of tests: [Assignment.Test],
    own: Set<String>
  ) -> [Fairness.Excess] {
    // What waits for another test has no points of its own to lose.
    let judged = results.filter { $0.status != .notJudged }
    let scores = Dictionary(uniqueKeysWithValues: judged.map { ($0.id, $0.score) })
    return tests.compactMap { test in
      guard !own.contains(test.id), let score = scores[test.id] else { return nil }
      let steps = tests.filter { test.carries?.contains($0.id) == true }
      let best = steps.map(\.points).total
      let earned = steps.compactMap { scores[$0.id] }.total
      let share =
        best > .zero
        ? CarriedShare(earned: earned, of: best)
        : CarriedShare(earned: test.points, of: test.points)
      let due = share.points(of: test.points)
      return score < due ? Fairness.Excess(test: test.id, score: score, due: due) : nil
    }
  }
}

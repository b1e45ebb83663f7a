/// One slip costs its own step, not every chain through it again.
package enum CarriedErrors {
  /// The points of the steps whose errors a chain may carry; nil if they are worth nothing.
  private static func share(of chain: Assignment.Test, in tests: [ScoredTest]) -> CarriedShare? {
    let steps = tests.filter { chain.carries?.contains($0.id) ?? false }
    let best = steps.map(\.maxScore).total
    return best > .zero ? CarriedShare(earned: steps.map(\.score).total, of: best) : nil
  }

  /// The tests, in which chains that are right for the student's own steps have their points times
  /// the share that those steps earned.
  ///
  /// - Parameter tests: All tests in the rubric's order.
  /// - Returns: The tests; a chain that earns something is `partial`, in whole hundredths, rounded
  ///   down.
  package static func applied(to tests: [ScoredTest]) -> [ScoredTest] {
    // In the rubric's order, so that a chain through a chain counts what that one has earned.
    var applied = tests
    for index in tests.indices {
      guard case .judged(var chain) = tests[index],
        chain.judgement.isCarried, chain.judgement.verdict.isWrongAnswer,
        let share = share(of: chain.test, in: applied)
      else { continue }
      let points = share.points(of: chain.test.points)
      guard points > .zero else { continue }
      chain.judgement.verdict = .partial(points)
      chain.judgement.carried = share
      applied[index] = .judged(chain)
    }
    return applied
  }
}

extension CarriedShare {
  /// The share of these points, rounded down.
  func points(of points: Points) -> Points {
    Points(hundredths: points.hundredths * earned.hundredths / of.hundredths)
  }
}

/// A test with its points: judged now, or with a result that still stands.
package enum ScoredTest: Sendable {
  /// It ran, or could not be run.
  case judged(JudgedTest)
  /// It keeps the result of an earlier grade.
  case standing(Grade.TestResult)

  /// The rubric's name for it.
  package var id: String {
    switch self {
    case .judged(let judged): judged.test.id
    case .standing(let result): result.id
    }
  }

  /// The points it got.
  package var score: Points {
    switch self {
    case .judged(let judged): judged.score
    case .standing(let result): result.score
    }
  }

  /// The points it is worth.
  package var maxScore: Points {
    switch self {
    case .judged(let judged): judged.test.points
    case .standing(let result): result.maxScore
    }
  }
}

extension JudgedTest {
  /// The points that the verdict gives.
  package var score: Points { judgement.verdict.score(of: test.points) }
}

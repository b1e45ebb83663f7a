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

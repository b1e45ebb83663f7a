extension Assignment {
  /// All points that a machine gives.
  package var maxScore: Points { tests.map(\.points).total }

  /// All points that people give.
  package var pendingPoints: Points { pending.map(\.points).total }
}

extension [Grade.TestResult] {
  /// The points that a machine gave.
  package var score: Points { map(\.score).total }

  /// The stage that grading reached, where there was something to run.
  package var status: Grade.Status {
    contains { $0.status == .notRun } ? .incomplete : .graded
  }
}

extension Verdict {
  /// The points it gives of those that the test is worth.
  package func score(of points: Points) -> Points {
    switch self {
    case .passed: points
    case .partial(let awarded): min(max(awarded, .zero), points)
    case .failed, .crashed, .timedOut, .outOfMemory, .badReply, .pending, .notRun, .notJudged:
      .zero
    }
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

  /// Its title for people.
  package var title: String {
    switch self {
    case .judged(let judged): judged.test.title
    case .standing(let result): result.title
    }
  }

  /// The verdict without its details.
  package var status: Verdict.Kind {
    switch self {
    case .judged(let judged): judged.judgement.verdict.kind
    case .standing(let result): result.status
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

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
    case .failed, .crashed, .timedOut, .outOfMemory, .badReply, .pending, .notRun: .zero
    }
  }
}

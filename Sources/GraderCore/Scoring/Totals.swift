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

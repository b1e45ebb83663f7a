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

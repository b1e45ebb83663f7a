/// What a hidden test reports, one JSON object a line, on a private file that only the grader reads.
///
/// A test counts as passed only if its own `finished` event says so.
public enum JudgeEvent: Codable, Equatable, Sendable {
  /// The test's method was entered.
  case started(test: String)
  /// Something that the student may read.
  case told(Finding)
  /// The test gives part of its points, in hundredths of a point.
  case awarded(hundredths: Int)
  /// What XCTest recorded: for staff alone, since it holds hidden values.
  case issue(String)
  /// The worker hung up while this function's reply was awaited.
  case workerEnded(function: String)
  /// The worker's reply to this function was not a reply.
  case badReply(function: String, reason: String)
  /// The test's method returned, and XCTest's opinion of it.
  case finished(test: String, succeeded: Bool)
}

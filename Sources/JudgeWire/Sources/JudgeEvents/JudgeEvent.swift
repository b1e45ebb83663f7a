/// A report of a hidden test, one JSON object a line, on a private file that only the grader reads.
///
/// A test counts as passed only if its own `finished` event says so.
public enum JudgeEvent: Codable, Equatable, Sendable {
  /// The outcome of a function's call, without the values of the reply.
  public struct Reply: Codable, Equatable, Sendable {
    /// The function.
    public var function: String
    /// All doubles in the value, in their order; empty if it threw.
    public var values: [Double]
    /// The kind of the error that it threw; nil if it returned.
    public var error: String?
    /// The shapes of all tensors in the value, in their order; numbers alone have none.
    public var shapes: [[Int]]
    /// True if it is asked to throw.
    public var mustThrow: Bool

    /// A reply of these parts.
    public init(
      function: String,
      values: [Double],
      error: String?,
      shapes: [[Int]] = [],
      mustThrow: Bool = false
    ) {
      self.function = function
      self.values = values
      self.error = error
      self.shapes = shapes
      self.mustThrow = mustThrow
    }
  }

  /// The test's method was entered.
  case started(test: String)
  /// Something that the student may read.
  case told(Finding)
  /// The test gives part of its points, in hundredths of a point.
  case awarded(hundredths: Int)
  /// An issue that XCTest recorded: for staff alone, since it holds hidden values.
  case issue(String)
  /// The worker hung up while this function's reply was awaited.
  case workerEnded(function: String)
  /// The worker's reply to this function was not a reply.
  case badReply(function: String, reason: String)
  /// A reply of the worker's, so that replies of other programs can be held beside it.
  case replied(Reply)
  /// The answers of a chain that was not right, to be held beside its steps.
  case chain(ChainAnswers)
  /// What the student's own steps give when the judge puts them together.
  case composed(Composition)
  /// Something that staff should look at; it costs no points.
  case flagged(String)
  /// The test's method returned, and XCTest's opinion of it.
  case finished(test: String, succeeded: Bool)
}

extension JudgeEvent {
  /// The words by which both sides write the numbers that JSON does not have.
  public static let nonFinite = (infinity: "inf", negativeInfinity: "-inf", nan: "nan")
}

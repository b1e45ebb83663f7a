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
  /// The result of a search for the smallest input on which the function is wrong.
  case searched(Search)
  /// Something that staff should look at; it costs no points.
  case flagged(String)
  /// The test's method returned, and XCTest's opinion of it.
  case finished(test: String, succeeded: Bool)
}

extension JudgeEvent {
  /// The words by which both sides write the numbers that JSON does not have.
  public static let nonFinite = (infinity: "inf", negativeInfinity: "-inf", nan: "nan")
}

/// The answers of a chain, or of what the judge puts together from the student's own steps.
public struct ChainAnswers: Codable, Equatable, Sendable {
  /// A tensor of an answer.
  public struct Answer: Codable, Equatable, Sendable {
    /// Its shape.
    public var shape: [Int]
    /// Its entries.
    public var values: [Double]
    /// The distance that rounding excuses; nil for 1e-9 of the largest entry.
    public var limit: Double?

    /// A tensor of these parts.
    public init(shape: [Int], values: [Double], limit: Double? = nil) {
      (self.shape, self.values, self.limit) = (shape, values, limit)
    }
  }

  /// The end of what cannot be put together, since a step's answer has a wrong shape.
  public static let misfit = "the answers of the steps do not fit together"

  /// The question among those of the test that have compositions.
  public var question: Int
  /// The answers, draw by draw, up to the end.
  public var draws: [[Answer]]
  /// The end that came before all draws were answered: an error, or the worker's death.
  public var end: String?

  /// Answers of these parts.
  public init(question: Int, draws: [[Answer]] = [], end: String? = nil) {
    (self.question, self.draws, self.end) = (question, draws, end)
  }
}

/// One way to put a chain together from the student's own steps, and how each of them did.
public struct Composition: Codable, Equatable, Sendable {
  /// A step's answers on the inputs that it got here.
  public struct Step: Codable, Equatable, Sendable {
    /// The rubric's id of the step's own test.
    public var test: String
    /// False if an answer was wrong by the rule of that test.
    public var isRight: Bool
    /// True if finite inputs got an answer that is not, or has a wrong shape, or none at all.
    public var isBlind: Bool
    /// The student's function.
    public var function: String

    /// A step of these parts.
    public init(
      test: String,
      isRight: Bool = true,
      isBlind: Bool = false,
      function: String = ""
    ) {
      (self.test, self.isRight, self.isBlind) = (test, isRight, isBlind)
      self.function = function
    }
  }

  /// The way, where there are several.
  public var route: Int
  /// The result.
  public var answers: ChainAnswers
  /// The steps that were asked.
  public var steps: [Step]

  /// A composition of these parts.
  public init(route: Int, answers: ChainAnswers, steps: [Step]) {
    (self.route, self.answers, self.steps) = (route, answers, steps)
  }
}

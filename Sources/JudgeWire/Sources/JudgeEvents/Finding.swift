/// A fact about the student's answer that the student may be told.
///
/// Nothing in it reveals a hidden input or an expected value: errors are given by their power of
/// ten only, and remarks are constants of the suite's source.
public enum Finding: Codable, Hashable, Sendable {
  /// The function threw `NotImplemented`, and so did, inside it, the function called `stub`.
  case notImplemented(function: String, stub: String)
  /// The function threw where it should have returned.
  case threw(function: String, error: String)
  /// The function threw another error than the task asks for.
  case threwAnother(function: String, error: String, expected: String)
  /// The function returned where it should have thrown.
  case didNotThrow(function: String, expected: String)
  /// A tensor has another shape than it should; these are those of one trial, and `yours` is nil if
  /// no slip gives it.
  case wrongShape(what: String, yours: [Int]?, expected: [Int], trials: Trials? = nil)
  /// A tensor holds NaN or infinities; this is the trial with most of them.
  case notFinite(what: String, count: Int, of: Int, trials: Trials? = nil)
  /// A tensor is wrong at some entries, as in the worst trial.
  ///
  /// The error, relative to the largest entry of the right answer, is about ten to the power of
  /// `exponent`; nil where the right answer is zero.
  case wrongValues(what: String, count: Int, of: Int, exponent: Int?, trials: Trials? = nil)
  /// The same call gave another answer the second time.
  case notRepeatable(function: String)
  /// A property that all errors of a tensor share, in the trials in which it is wrong.
  case pattern(what: String, Pattern, trials: Trials? = nil)
  /// The function's answers are those of finite differences, which the task forbids; `what` is the
  /// tensor in which they were seen, where the function gives several.
  case differenced(function: String, what: String? = nil)
  /// A sentence of the suite's author.
  case remark(String)

  // Grades hold findings as JSON, for readers who have never heard of Swift.
  private enum PatternCodingKeys: String, CodingKey {
    case what
    // swift-format-ignore: NoLeadingUnderscores
    case _1 = "pattern"
    case trials
  }

  private enum RemarkCodingKeys: String, CodingKey {
    // swift-format-ignore: NoLeadingUnderscores
    case _0 = "text"
  }
}

/// The trials of a test, each on data of its own, in which a tensor is wrong.
public struct Trials: Codable, Hashable, Sendable {
  /// The number of those in which it is.
  public var wrong: Int
  /// The number of all.
  public var of: Int
  /// All properties that those have and no others, such as `n = 1`; nil if none is known, or too
  /// many are to say which.
  public var only: String?

  /// These trials.
  public init(wrong: Int, of: Int, only: String? = nil) {
    (self.wrong, self.of, self.only) = (wrong, of, only)
  }
}

/// A property that errors share on every instance that was tried.
public enum Pattern: Codable, Hashable, Sendable {
  /// Every entry is zero.
  case zero
  /// Rows and columns are exchanged.
  case transposed
  /// Every entry is the right one times the same factor, such as `-1`, `2` or `1/n`.
  case factor(String)
  /// In each column the error is the same for every row.
  case constantOverRows
  /// In each column the error is proportional to the named tensor.
  case along(String)

  private enum FactorCodingKeys: String, CodingKey {
    // swift-format-ignore: NoLeadingUnderscores
    case _0 = "factor"
  }

  private enum AlongCodingKeys: String, CodingKey {
    // swift-format-ignore: NoLeadingUnderscores
    case _0 = "tensor"
  }
}

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
  /// A tensor has another shape than it should.
  case wrongShape(what: String, yours: [Int], expected: [Int])
  /// A tensor holds NaN or infinities.
  case notFinite(what: String, count: Int, of: Int)
  /// A tensor is wrong at some entries; the error, relative to the tensor's scale, is about
  /// ten to the power of `exponent`.
  case wrongValues(what: String, count: Int, of: Int, exponent: Int)
  /// The same call gave another answer the second time.
  case notRepeatable(function: String)
  /// A property that all errors of a tensor share.
  case pattern(what: String, Pattern)
  /// The function's answers are those of finite differences, which the task forbids.
  case differenced(function: String)
  /// A sentence of the suite's author.
  case remark(String)

  // Grades hold findings as JSON, for readers who have never heard of Swift.
  private enum PatternCodingKeys: String, CodingKey {
    case what
    // swift-format-ignore: NoLeadingUnderscores
    case _1 = "pattern"
  }

  private enum RemarkCodingKeys: String, CodingKey {
    // swift-format-ignore: NoLeadingUnderscores
    case _0 = "text"
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

import JudgeEvents

extension Finding {
  /// The most entries of which the number of wrong ones is told as it is.
  private static let mostCounted = 64

  /// The same as its student may be told it: with no word that is the worker's own, and no count
  /// that says much.
  func told(within words: OwnWords) -> Finding {
    switch self {
    case .notImplemented(let function, let stub):
      let name = SignatureText(of: stub).name
      return .notImplemented(function: function, stub: words.contains(name) ? name : function)
    case .threw(let function, let error):
      return .threw(function: function, error: Self.told(error, by: function, within: words))
    case .threwAnother(let function, let error, let expected):
      let told = Self.told(error, by: function, within: words)
      return .threwAnother(function: function, error: told, expected: expected)
    case .notFinite(let what, let count, let all, let trials):
      let told = Self.told(count, of: all)
      return .notFinite(what: what, count: told, of: all, trials: trials)
    case .wrongValues(let what, let count, let all, let exponent, let trials):
      return .wrongValues(
        what: what,
        count: Self.told(count, of: all),
        of: all,
        exponent: exponent,
        trials: trials
      )
    // All else is the judge's own: names from the suite, shapes that a question can have.
    case .didNotThrow, .wrongShape, .notRepeatable, .pattern, .differenced, .remark:
      return self
    }
  }

  /// An error by its name; a `ShapeMismatch` with the operation and the shapes, which the judge has
  /// found among those of the question.
  private static func told(
    _ error: String,
    by function: String,
    within words: OwnWords
  ) -> String {
    if let operation = MismatchWords(error)?.operation {
      return operation == function || words.contains(operation) ? error : "ShapeMismatch"
    }
    let isCounted = error.wholeMatch(of: /BatchTooSmall\(count: [0-9]+\)/) != nil
    return isCounted || words.contains(error) ? error : "an error"
  }

  /// Of many entries the number is told down to a power of two.
  private static func told(_ count: Int, of all: Int) -> Int {
    guard all > mostCounted, count > 0, count < all else { return count }
    return 1 << (Int.bitWidth - 1 - count.leadingZeroBitCount)
  }

  /// The words for a number of entries that may be more than that.
  static func words(for count: Int, of all: Int) -> String {
    all > mostCounted && count < all ? "\(count) or more" : "\(count)"
  }
}

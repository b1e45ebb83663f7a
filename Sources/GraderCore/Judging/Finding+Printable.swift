import JudgeEvents

extension Finding {
  /// The longest word of a worker's that is kept, in characters.
  private static let longestWord = 200

  /// The same with the words that the worker chose made printable, and cut.
  var printable: Finding {
    func word(_ text: String) -> String { Printable.line(text, longest: Self.longestWord) }
    return switch self {
    case .notImplemented(let function, let stub):
      .notImplemented(function: function, stub: word(stub))
    case .threw(let function, let error): .threw(function: function, error: word(error))
    case .threwAnother(let function, let error, let expected):
      .threwAnother(function: function, error: word(error), expected: expected)
    // All else is the judge's own: names from the suite, shapes and counts.
    case .didNotThrow, .wrongShape, .notFinite, .wrongValues, .notRepeatable, .pattern,
      .differenced, .remark:
      self
    }
  }
}

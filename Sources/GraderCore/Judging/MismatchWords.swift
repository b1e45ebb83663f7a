/// A `ShapeMismatch` in a judge's words: `matmul: shapes [2, 3] and [2] do not fit together`.
///
/// Grades keep the words, and what is told of them depends on the operation; nothing else parses
/// them.
struct MismatchWords {
  /// The operation that threw it.
  let operation: String
  /// The words behind the operation.
  let shapes: String

  /// Fails if an error is another, or none that a judge puts so.
  init?(_ error: String) {
    let words = /(\w+): (shapes \[[0-9, ]*\] and \[[0-9, ]*\] do not fit together)/
    guard let match = error.wholeMatch(of: words) else { return nil }
    (operation, shapes) = (String(match.1), String(match.2))
  }

  /// The error as a noun; the operation need not be named if it is the function that is spoken of.
  func noun(of function: String) -> String {
    "ShapeMismatch (\(operation == function ? shapes : "\(operation): \(shapes)"))"
  }
}

/// Something in a student's folder to look at, in the form that compilers use and editors read.
struct Problem {
  enum Severity: String {
    /// Nothing can be packed, or a test fails.
    case error
    /// Packed as it is.
    case warning
  }

  let severity: Severity
  /// Relative to the assignment's folder.
  let path: String
  var line = 1
  var column = 1
  let text: String

  /// `path:line:column: error: text`.
  var description: String { "\(path):\(line):\(column): \(severity): \(text)" }
}

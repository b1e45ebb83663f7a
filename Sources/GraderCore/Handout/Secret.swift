/// A piece of text that must not be in a handout.
package struct Secret: Sendable {
  /// Its place in the reference.
  package let path: String
  private let lines: Set<String>

  /// Lines shorter than this stand everywhere.
  private static let shortest = 12

  /// Nil when so few lines are left that they say nothing.
  package init?(path: String, lines: some Sequence<String>) {
    self.path = path
    self.lines = Set(lines.filter { $0.count >= Self.shortest })
    guard self.lines.count > 1 else { return nil }
  }

  /// Tells whether these lines, without white space around them, tell all of it.
  package func isTold(by lines: Set<String>) -> Bool { self.lines.isSubset(of: lines) }

  /// The lines of a text without white space around them.
  package static func lines(of text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { String($0.trimmed) }
  }
}

/// The first place where a file of the handout is not as the solution has it, for people.
package struct StubDifference: Equatable, Sendable {
  /// The file, as the reader would open it.
  package let path: String
  private let handout: [Substring]?
  private let solution: [Substring]

  /// Nil when there is none; `handout` is nil when the handout does not have the file.
  package init?(path: String, handout: String?, stub: Stub) {
    guard (handout ?? "") != stub.text else { return nil }
    self.path = path
    self.handout = handout.map(Self.lines)
    solution = Self.lines(stub.text)
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The first place that differs, in the manner of a diff: `-` the handout, `+` the solution.
  package var text: String {
    guard let handout else { return "\(path) is not there" }
    guard solution != [""] else { return "\(path) should not be handed out" }
    let same = zip(handout, solution).prefix { $0 == $1 }.count
    let tail = zip(handout[same...].reversed(), solution[same...].reversed())
      .prefix { $0 == $1 }.count
    let ours = handout[same...].dropLast(tail).map { "- \($0)" }
    let theirs = solution[same...].dropLast(tail).map { "+ \($0)" }
    let lines = Self.shortened(ours) + Self.shortened(theirs)
    return (["\(path):\(same + 1)"] + lines).joined(separator: "\n")
  }

  private static let mostLines = 6

  private static func shortened(_ lines: [String]) -> [String] {
    guard lines.count > mostLines else { return lines }
    return lines.prefix(mostLines - 1) + ["  (and \(lines.count - mostLines + 1) more lines)"]
  }
}

import Foundation

/// The points that the public tests can see: the assignment's `points.txt`.
///
/// One line for each row of the rubric: `POINTS | TITLE | TEST TEST`, and no test where only the
/// grader sees it. `Class` means all tests of the class; `#` starts a comment line.
struct PublicPoints {
  private struct Row {
    let points: Int
    let title: String
    let tests: [String]
  }

  private let rows: [Row]

  init?(in folder: URL) {
    let file = folder.appending(path: "points.txt")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    rows = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }.compactMap {
      let fields = $0.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
      guard fields.count == 3, let points = Int(fields[0]) else { return nil }
      let tests = fields[2].split(separator: " ").map(String.init)
      return Row(points: points, title: String(fields[1]), tests: tests)
    }
  }

  /// A row each, and the sum.
  func text(for log: TestLog) -> String {
    var (seen, visible, unseen) = (0, 0, 0)
    var lines: [String] = []
    for row in rows {
      let isSeen = !row.tests.isEmpty
      let isPassed = isSeen && row.tests.allSatisfy { Self.passes($0, log) }
      if isSeen { visible += row.points } else { unseen += row.points }
      if isPassed { seen += row.points }
      let mark = isSeen ? (isPassed ? "+" : "-") : "?"
      let number = "\(row.points)"
      let space = String(repeating: " ", count: max(0, 4 - number.count))
      lines.append("  \(mark)\(space)\(number)  \(row.title)")
    }
    lines.append(
      "The public tests see \(seen) of \(visible) points"
        + (unseen > 0 ? "; \(unseen) more (?) they cannot see." : ".")
        + " The grader asks with other numbers."
    )
    return lines.joined(separator: "\n")
  }

  private static func passes(_ test: String, _ log: TestLog) -> Bool {
    if test.contains("/") { return log.passed.contains(test) && !log.failed.contains(test) }
    let prefix = "\(test)/"
    return log.passed.contains { $0.hasPrefix(prefix) }
      && !log.failed.contains { $0.hasPrefix(prefix) }
  }
}

package import GraderCore

/// A grade as text for a terminal.
package enum GradeTable {
  /// The grade: what was read, a row for each test, the sum.
  package static func text(for grade: Grade) -> String {
    var lines = [heading(grade)]
    lines += grade.intake.repaired.map { "  repaired: \($0)" }
    lines += grade.intake.missing.map { "  missing: \($0)" }
    lines += grade.intake.notes.map { "  note: \($0)" }
    if !grade.message.isEmpty { lines.append(indented(grade.message)) }
    let width = grade.tests.map(\.title.count).max() ?? 0
    for test in GradeNarrative.sayingOnce(grade.tests) { lines += rows(test, width: width) }
    lines.append(sum(grade))
    return lines.joined(separator: "\n")
  }

  private static func heading(_ grade: Grade) -> String {
    let assignment = grade.assignment ?? "no assignment recognized"
    return "\(grade.submission.name): \(assignment), \(grade.status.rawValue), "
      + "jail \(grade.provenance.jail.level)"
  }

  private static func rows(_ test: Grade.TestResult, width: Int) -> [String] {
    let title = test.title.padding(to: width)
    let points = "\(test.score)/\(test.maxScore)".padding(to: 9, fromLeft: true)
    let row = "  \(symbol(test.status)) \(title) \(points)  \(test.status.rawValue)"
    let message = test.message.isEmpty ? [] : [indented(test.message)]
    let remark = test.facts?.search?.remark.map { [indented($0)] }
    let example = CounterexampleText(test)?.lines.map { "      \($0)" }
    return [row] + message + (example ?? remark ?? [])
  }

  private static func symbol(_ status: Verdict.Kind) -> String {
    switch status {
    case .passed: "+"
    case .partial: "~"
    case .pending: "?"
    case .notRun, .notJudged: "."
    case .failed, .crashed, .timedOut, .outOfMemory, .badReply: "-"
    }
  }

  /// Columns that a line of a message may take.
  private static let messageWidth = 90

  /// A message below its row; sentences are folded, the compiler's lines are left as they are.
  private static func indented(_ text: String) -> String {
    text.split(separator: "\n").flatMap { line in
      line.contains("|") || line.contains(": error:") ? [String(line)] : folded(line)
    }.map { "      \($0)" }.joined(separator: "\n")
  }

  private static func folded(_ line: Substring) -> [String] {
    var lines: [String] = []
    for word in line.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= messageWidth {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  private static func sum(_ grade: Grade) -> String {
    let best = grade.maxScore.map { " of \($0)" } ?? ""
    let pending =
      grade.pendingPoints > .zero ? ", \(grade.pendingPoints) more wait for a person" : ""
    return "  score \(grade.score)\(best)\(pending)"
  }
}

extension String {
  fileprivate func padding(to width: Int, fromLeft: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - count))
    return fromLeft ? space + self : self + space
  }
}

package import GraderCore

/// A grade for the log of a GitHub workflow: the table, and annotations where points were lost.
package enum GitHubReport {
  /// The runner shows about this many annotations of a kind.
  private static let mostAnnotations = 10

  /// The lines for standard output.
  ///
  /// The student's text stands between `stop-commands` and its token, so that nothing in it is
  /// taken for a command.
  ///
  /// - Parameters:
  ///   - view: The grade as its student may see it.
  ///   - token: Letters and digits that nobody can guess.
  /// - Returns: The lines.
  /// - Precondition: The token has 16 letters and digits or more.
  package static func log(_ view: StudentView, token: String) -> String {
    precondition(token.count >= 16 && token.allSatisfy { $0.isLetter || $0.isNumber })
    let grade = view.grade
    let table = GradeTable.text(for: grade).replacing(token, with: "")
    let lines =
      ["::stop-commands::\(token)", table, "::\(token)::"]
      + grade.tests.filter(isAnnotated).prefix(mostAnnotations).map(annotation)
      + remarks(grade)
    return lines.joined(separator: "\n")
  }

  /// The page for `$GITHUB_STEP_SUMMARY`, below its limit of 1 MiB.
  package static func summary(_ view: StudentView) -> String {
    let text = MarkdownFeedback.text(view)
    let most = 1 << 20
    guard text.utf8.count > most - 100 else { return text }
    return MarkdownFeedback.text(view, withMessages: false)
  }

  private static func isAnnotated(_ test: Grade.TestResult) -> Bool {
    test.status.isLoss
  }

  private static func annotation(_ test: Grade.TestResult) -> String {
    let title = "\(test.title): \(test.score) of \(test.maxScore)"
    var properties: [String] = []
    if let place = test.facts?.place, let line = place.line {
      properties = ["file=\(Escaped.commandProperty(place.file))", "line=\(line)"]
    }
    properties.append("title=\(Escaped.commandProperty(title))")
    let text = test.message.isEmpty ? GradeNarrative.word(test.status) : test.message
    return "::error \(properties.joined(separator: ","))::\(Escaped.commandMessage(text))"
  }

  private static func remarks(_ grade: Grade) -> [String] {
    guard grade.status != .graded, !grade.message.isEmpty else { return [] }
    return ["::error title=Submission::\(Escaped.commandMessage(grade.message))"]
  }
}

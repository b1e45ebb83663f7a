package import GraderCore

/// A student's feedback as Markdown.
package enum MarkdownFeedback {
  /// The page of a grade; nothing that the student wrote is taken for markup.
  ///
  /// - Parameters:
  ///   - view: The grade as its student may see it.
  ///   - final: The points in the end, if they are known.
  ///   - withMessages: Whether every test's message is printed below the table.
  /// - Returns: The page.
  package static func text(
    _ view: StudentView,
    final: FinalGrade? = nil,
    withMessages: Bool = true
  ) -> String {
    let (narrative, grade) = (GradeNarrative(view, final: final), view.grade)
    var blocks = [
      "# \(Escaped.markdown(narrative.title))",
      "**\(Escaped.markdown(narrative.score))** for \(Escaped.markdown(grade.submission.name))",
    ]
    if let final { blocks.append(sum(final)) }
    blocks += narrative.remarks.map(paragraph)
    if !narrative.intake.isEmpty {
      blocks.append(narrative.intake.map { "- \(Escaped.markdown($0))" }.joined(separator: "\n"))
    }
    if !grade.tests.isEmpty { blocks.append(table(narrative)) }
    if withMessages { blocks += messages(narrative.rows) }
    if grade.status == .didNotBuild, !grade.build.diagnostics.isEmpty, withMessages {
      blocks.append("## What the compiler says")
      blocks.append(Escaped.markdownBlock(grade.build.diagnostics))
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func paragraph(_ text: String) -> String {
    text.contains("\n") ? Escaped.markdownBlock(text) : Escaped.markdown(text)
  }

  private static func table(_ narrative: GradeNarrative) -> String {
    let rows = narrative.grade.tests.map { test in
      "| \(GradeNarrative.sign(test.status)) \(narrative.word(test.status)) "
        + "| \(Escaped.markdown(test.title)) | \(narrative.points(of: test)) "
        + "| \(test.maxScore) |"
    }
    return (["| | test | points | of |", "|---|---|---:|---:|"] + rows).joined(separator: "\n")
  }

  private static func messages(_ tests: [Grade.TestResult]) -> [String] {
    tests.filter { !$0.message.isEmpty && !$0.status.isPending }.flatMap { test in
      ["### \(Escaped.markdown(test.title))", paragraph(test.message)]
        + (CounterexampleText.text(on: test).map { [paragraph($0)] } ?? [])
    }
  }

  private static func sum(_ final: FinalGrade) -> String {
    var lines = final.reasons.map { "- \(Escaped.markdown($0))" }
    let total = final.total.map { "\($0) of \(final.maxScore)" } ?? "not complete yet"
    lines.append("- In the end: **\(Escaped.markdown(total))**")
    return lines.joined(separator: "\n")
  }
}

package import GraderCore

/// A student's feedback as one page without scripts that needs nothing from elsewhere.
package enum HTMLFeedback {
  /// The student's view of a grade.
  ///
  /// - Parameters:
  ///   - grade: The grade, staff's view or student's.
  ///   - final: The points in the end, if they are known.
  /// - Returns: The page.
  package static func page(_ grade: Grade, final: FinalGrade? = nil) -> String {
    let narrative = GradeNarrative(grade, final: final)
    let title = Escaped.markup(narrative.title)
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title): \(Escaped.markup(narrative.score))</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      <main>
      <h1>\(title)</h1>
      \(head(narrative, final: final))
      \(table(narrative))
      \(compiler(grade))
      </main>
      <footer>\(footer(narrative.grade))</footer>
      </body>
      </html>
      """
  }

  private static func head(_ narrative: GradeNarrative, final: FinalGrade?) -> String {
    var blocks = ["<p class=\"score\">\(Escaped.markup(narrative.score))</p>"]
    blocks.append("<p>for <code>\(Escaped.markup(narrative.grade.submission.name))</code></p>")
    if let best = narrative.grade.maxScore, best > .zero {
      let share = min(1, max(0, narrative.grade.score.value / best.value))
      blocks.append(
        "<meter value=\"\(narrative.grade.score)\" max=\"\(best)\" min=\"0\">"
          + "\(Int((share * 100).rounded())) %</meter>"
      )
    }
    if let final { blocks.append(sum(final)) }
    blocks += narrative.remarks.map { "<p class=\"remark\">\(Escaped.markup($0))</p>" }
    if !narrative.intake.isEmpty {
      let items = narrative.intake.map { "<li>\(Escaped.markup($0))</li>" }.joined()
      blocks.append("<ul>\(items)</ul>")
    }
    return blocks.joined(separator: "\n")
  }

  private static func sum(_ final: FinalGrade) -> String {
    let reasons = final.reasons.map { "<li>\(Escaped.markup($0))</li>" }.joined()
    let total = final.total.map { "\($0) of \(final.maxScore)" } ?? "not complete yet"
    return "<ul>\(reasons)</ul>\n<p>In the end: <strong>\(total)</strong></p>"
  }

  private static func table(_ narrative: GradeNarrative) -> String {
    let tests = narrative.rows
    guard !tests.isEmpty else { return "" }
    let rows = tests.map { test in
      let message =
        test.message.isEmpty || narrative.isMarked(test)
        ? ""
        : "<p class=\"message\(test.message.contains("\n") ? " code" : "")\">"
          + "\(Escaped.markup(test.message))</p>"
      return """
        <tr class="\(test.status.rawValue)">
        <td class="verdict"><span aria-hidden="true">\(GradeNarrative.sign(test.status))</span> \
        \(Escaped.markup(narrative.word(test.status)))</td>
        <th scope="row">\(Escaped.markup(test.title))\(message)</th>
        <td class="points">\(narrative.points(of: test)) / \(test.maxScore)</td>
        </tr>
        """
    }
    return """
      <table>
      <caption>Tests</caption>
      <thead><tr><th scope="col">Result</th><th scope="col">Test</th>\
      <th scope="col" class="points">Points</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }

  private static func compiler(_ grade: Grade) -> String {
    guard grade.status == .didNotBuild, !grade.build.diagnostics.isEmpty else { return "" }
    return "<h2>What the compiler says</h2>\n<pre>\(Escaped.markup(grade.build.diagnostics))</pre>"
  }

  private static func footer(_ grade: Grade) -> String {
    let digest = grade.submission.digest ?? grade.submission.archiveDigest
    return "Graded \(Escaped.markup(grade.provenance.gradedAt)) · "
      + "\(Escaped.markup(grade.provenance.toolchain ?? "no compiler asked")) · "
      + "<code>\(Escaped.markup(String(digest.prefix(23))))</code>"
  }

  /// Colours by pairs for light and dark; every verdict has a sign and a word besides.
  private static let style = """
    :root { color-scheme: light dark; --ink: #1d2430; --soft: #5a6475; --line: #d7dce5;
      --page: #fff; --bad: #a3261b; --good: #1c6b3c; --half: #8a5a00; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #a3adbd;
      --line: #3a4250; --page: #14181f; --bad: #ff9c8f; --good: #7fd6a2; --half: #f0c067; } }
    body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 50rem; background: var(--page);
      color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
    h1 { margin: 0; font-size: 1.3rem; }
    .score { margin: .2rem 0; font-size: 2rem; font-weight: 650; }
    meter { width: 100%; height: .9rem; }
    table { width: 100%; border-collapse: collapse; margin-top: 1rem; }
    caption { text-align: left; font-weight: 650; font-size: 1.1rem; padding-bottom: .3rem; }
    th, td { padding: .45rem .5rem; border-top: 1px solid var(--line); text-align: left;
      vertical-align: top; font-weight: 400; }
    thead th { color: var(--soft); font-size: .85rem; }
    .points { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
    .verdict { white-space: nowrap; color: var(--bad); }
    .passed .verdict { color: var(--good); }
    .partial .verdict { color: var(--half); }
    .pending .verdict, .notRun .verdict { color: var(--soft); }
    .message, .remark { margin: .2rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    .message { color: var(--soft); }
    .code { font: .8rem/1.45 ui-monospace, monospace; }
    .remark { margin-top: .8rem; }
    pre { overflow-x: auto; padding: .6rem; border: 1px solid var(--line); }
    footer { margin-top: 2rem; color: var(--soft); font-size: .8rem; overflow-wrap: anywhere; }
    @media (max-width: 40rem) { .verdict { white-space: normal; }
      th, td { padding: .4rem .25rem; } }
    @media print { body { max-width: none; padding: 0; font-size: 10pt; }
      tr { break-inside: avoid; } }
    """
}

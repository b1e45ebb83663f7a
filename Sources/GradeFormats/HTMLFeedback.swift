package import GraderCore

/// A student's feedback as one page without scripts that needs nothing from elsewhere.
package enum HTMLFeedback {
  /// The page of a grade.
  ///
  /// - Parameters:
  ///   - view: The grade as its student may see it.
  ///   - final: The points in the end, if they are known.
  /// - Returns: The page.
  package static func page(_ view: StudentView, final: FinalGrade? = nil) -> String {
    let (narrative, grade) = (GradeNarrative(view, final: final), view.grade)
    let page = HTMLPage(title: "\(narrative.title): \(narrative.score)", style: style)
    return page.html {
      Markup("main") {
        Markup("h1") { narrative.title }
        head(narrative, final: final)
        if !narrative.rows.isEmpty { table(narrative) }
        if grade.status == .didNotBuild, !grade.build.diagnostics.isEmpty {
          Markup("h2") { "What the compiler says" }
          Markup("pre") { grade.build.diagnostics }
        }
      }
      footer(grade)
    }
  }

  @MarkupBuilder
  private static func head(_ narrative: GradeNarrative, final: FinalGrade?) -> [Markup] {
    Markup("p", ["class": "score"]) { narrative.score }
    Markup("p") {
      "for "
      Markup("code") { narrative.grade.submission.name }
    }
    if let best = narrative.grade.maxScore, best > .zero {
      meter(narrative.grade.score, of: best)
    }
    if let final { sum(final) }
    for remark in narrative.remarks { Markup("p", ["class": "remark"]) { remark } }
    if !narrative.intake.isEmpty { list(narrative.intake) }
  }

  private static func meter(_ score: Points, of best: Points) -> Markup {
    let share = min(1, max(0, score.value / best.value))
    return Markup("meter", ["value": "\(score)", "max": "\(best)", "min": "0"]) {
      "\(Int((share * 100).rounded())) %"
    }
  }

  private static func list(_ sentences: [String]) -> Markup {
    Markup("ul") {
      for sentence in sentences { Markup("li") { sentence } }
    }
  }

  @MarkupBuilder
  private static func sum(_ final: FinalGrade) -> [Markup] {
    list(final.reasons)
    Markup("p") {
      "In the end: "
      Markup("strong") { final.total.map { "\($0) of \(final.maxScore)" } ?? "not complete yet" }
    }
  }

  private static func table(_ narrative: GradeNarrative) -> Markup {
    Markup("table") {
      Markup("caption") { "Tests" }
      Markup("thead") {
        Markup("tr") {
          Markup("th", ["scope": "col"]) { "Result" }
          Markup("th", ["scope": "col"]) { "Test" }
          Markup("th", ["scope": "col", "class": "points"]) { "Points" }
        }
      }
      Markup("tbody") {
        for test in narrative.rows { row(test, narrative) }
      }
    }
  }

  private static func row(_ test: Grade.TestResult, _ narrative: GradeNarrative) -> Markup {
    Markup("tr", ["class": test.status.rawValue]) {
      Markup("td", ["class": "verdict"]) {
        Markup("span", ["aria-hidden": "true"]) { GradeNarrative.sign(test.status) }
        " \(narrative.word(test.status))"
      }
      Markup("th", ["scope": "row"]) {
        test.title
        if !test.message.isEmpty, !narrative.isMarked(test) {
          let isCode = test.message.contains("\n")
          Markup("p", ["class": isCode ? "message code" : "message"]) { test.message }
        }
        if let example = CounterexampleText(test) {
          example.markup
        } else if let remark = test.facts?.search?.remark {
          Markup("p", ["class": "message"]) { remark }
        }
      }
      Markup("td", ["class": "points"]) { "\(narrative.points(of: test)) / \(test.maxScore)" }
    }
  }

  private static func footer(_ grade: Grade) -> Markup {
    let digest = grade.submission.digest ?? grade.submission.archiveDigest
    let toolchain = grade.provenance.toolchain ?? "no compiler asked"
    return Markup("footer") {
      "Graded \(grade.provenance.gradedAt) · \(toolchain) · "
      Markup("code") { String(digest.prefix(23)) }
    }
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
    .pending .verdict, .notRun .verdict, .notJudged .verdict { color: var(--soft); }
    .message, .remark { margin: .2rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    .message { color: var(--soft); }
    .code { font: .8rem/1.45 ui-monospace, monospace; }
    .remark { margin-top: .8rem; }
    \(CounterexampleText.style)
    pre { overflow-x: auto; padding: .6rem; border: 1px solid var(--line); }
    footer { margin-top: 2rem; color: var(--soft); font-size: .8rem; overflow-wrap: anywhere; }
    @media (max-width: 40rem) { .verdict { white-space: normal; }
      th, td { padding: .4rem .25rem; } }
    @media print { body { max-width: none; padding: 0; font-size: 10pt; }
      tr { break-inside: avoid; } }
    """
}

package import GraderCore

/// A grade as Gradescope's `results.json`.
///
/// Hidden rows keep their place and are marked so, because Gradescope's staff sees them; staff's
/// messages are left out, because nothing there keeps them from a student for sure, and so is the
/// time, which a program sets as it likes.
package struct GradescopeResults: Encodable {
  private let score: Double
  private let output: String
  private let outputFormat = "text"
  private let testOutputFormat = "text"
  private let testNameFormat = "text"
  private let visibility = "visible"
  private let stdoutVisibility = "hidden"
  private let tests: [Row]
  private let extraData: Extra

  private enum CodingKeys: String, CodingKey {
    case score, output, visibility, tests
    case outputFormat = "output_format"
    case testOutputFormat = "test_output_format"
    case testNameFormat = "test_name_format"
    case stdoutVisibility = "stdout_visibility"
    case extraData = "extra_data"
  }

  private struct Row: Encodable {
    var number: String
    var name: String
    var score: Double?
    var maxScore: Double?
    var status: String?
    var output: String
    var visibility: String
    var extraData: [String: String]

    enum CodingKeys: String, CodingKey {
      case number, name, score, status, output, visibility
      case maxScore = "max_score"
      case extraData = "extra_data"
    }
  }

  private struct Extra: Encodable {
    var schema = "chainrule/gradescope/1"
    var status: String
    var toolchain: String?
    var suite: String?
    var submission: String?
  }

  /// The results of a grade.
  ///
  /// Source: Gradescope's autograder specification, "Output format".
  package init(_ grade: Grade, submission: GradescopeSubmission? = nil) {
    score = grade.score.value
    output = ((submission?.remarks(on: grade) ?? []) + [Self.overview(of: grade)])
      .joined(separator: "\n")
    tests = grade.tests.enumerated().map { Self.row($1, number: $0 + 1) }
    extraData = Extra(
      status: grade.status.rawValue,
      toolchain: grade.provenance.toolchain,
      suite: grade.provenance.fingerprint,
      submission: grade.submission.digest
    )
  }

  private static func row(_ test: Grade.TestResult, number: Int) -> Row {
    // What waits for a person is a row without points: the people's part has its own rubric there.
    // Of what is not judged, points would be shown as those of a failure.
    let isOpen = test.status.isPending || test.status == .notJudged
    return Row(
      number: "\(number)",
      name: test.title,
      score: isOpen ? nil : test.score.value,
      maxScore: isOpen ? nil : test.maxScore.value,
      status: isOpen ? nil : test.status == .passed ? "passed" : "failed",
      output: ([test.message] + [CounterexampleText.text(on: test)].compactMap(\.self))
        .joined(separator: "\n\n"),
      visibility: visibility(test.visibility),
      extraData: ["id": test.id, "verdict": test.status.rawValue]
    )
  }

  private static func visibility(_ visibility: Assignment.Visibility) -> String {
    switch visibility {
    case .visible: "visible"
    case .afterDueDate: "after_due_date"
    case .hidden: "hidden"
    }
  }

  /// Students lose sight of the total as soon as one row is hidden from them, so it names what is
  /// shown.
  private static func overview(of grade: Grade) -> String {
    // Gradescope goes by its own due date: the words have to be true on both of its sides.
    let narrative = GradeNarrative(StudentView(grade, deadline: .passed))
    let later = StudentView(grade, deadline: .unknown).remark.map { [$0] } ?? []
    var lines = narrative.remarks + later + narrative.intake
    let shown = grade.tests.filter { $0.visibility == .visible && !$0.status.isPending }
    if grade.tests.contains(where: { $0.visibility != .visible }) {
      let (score, best) = (shown.map(\.score).total, shown.map(\.maxScore).total)
      lines.insert("Tests that you can see now: \(score) of \(best) points.", at: 0)
    }
    if grade.status == .didNotBuild, !grade.build.diagnostics.isEmpty {
      lines.append(grade.build.diagnostics)
    }
    return lines.joined(separator: "\n")
  }
}

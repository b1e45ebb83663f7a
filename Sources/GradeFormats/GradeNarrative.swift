package import GraderCore

/// The words for a student about a submission as a whole, the same in all formats.
package struct GradeNarrative {
  /// The student's view of the grade.
  let grade: Grade
  /// Points of rows that are not shown, and what they could give.
  let unseen: (score: Points, maxScore: Points)?

  /// The points that people gave; nil while something waits for them.
  let marks: Points?

  init(_ view: StudentView, final: FinalGrade? = nil) {
    marks = final?.total == nil ? nil : final?.marks
    grade = view.grade
    let judged = grade.tests.filter { !$0.status.isPending }
    let score = grade.score.hundredths - judged.map(\.score).total.hundredths
    let best = (grade.maxScore?.hundredths ?? 0) - judged.map(\.maxScore).total.hundredths
    unseen =
      best > 0 && !grade.tests.isEmpty
      ? (Points(hundredths: score), Points(hundredths: best)) : nil
  }

  /// The rows; what stops many of them is said once.
  var rows: [Grade.TestResult] { Self.sayingOnce(grade.tests) }

  /// Rows of which only the first gives a reason at length, such as a file that does not compile.
  static func sayingOnce(_ tests: [Grade.TestResult]) -> [Grade.TestResult] {
    var titles: [String: String] = [:]
    return tests.map { test in
      guard test.message.contains("\n") else { return test }
      guard let first = titles[test.message] else {
        titles[test.message] = test.title
        return test
      }
      var row = test
      row.message = "The reason is the same as for “\(first)”."
      return row
    }
  }

  /// The assignment's id, or what stands for it.
  var title: String { grade.assignment ?? "No assignment recognized" }

  /// The score in a phrase, such as `17.5 of 20 points`.
  var score: String {
    let best = grade.maxScore.map { " of \($0)" } ?? ""
    return "\(grade.score)\(best) points"
  }

  /// Sentences on how far grading came, and on what is not in the score.
  var remarks: [String] {
    var remarks: [String] = []
    switch grade.status {
    case .graded: break
    case .didNotBuild where grade.build.hasNoCode:
      remarks.append("Nothing of the code is in the archive.")
    case .didNotBuild: remarks.append("Nothing of the code compiles.")
    case .unreadable: remarks.append("The archive could not be graded.")
    case .incomplete: remarks.append("Some tests could not be run.")
    }
    if !grade.message.isEmpty { remarks.append(grade.message) }
    if grade.pendingPoints > .zero, let marks {
      remarks.append("People gave \(marks) of \(grade.pendingPoints) points besides.")
    } else if grade.pendingPoints > .zero {
      remarks.append("\(grade.pendingPoints) more points wait for a person.")
    }
    if let unseen {
      remarks.append(
        "Tests that are not shown here count as well: \(unseen.score) of \(unseen.maxScore) points."
      )
    }
    return remarks
  }

  /// The deeds of intake, one sentence each.
  var intake: [String] {
    grade.intake.repaired + grade.intake.missing.map { "\($0) is missing." } + grade.intake.notes
  }

  /// Tells whether people were waited for, and have done their part.
  func isMarked(_ test: Grade.TestResult) -> Bool {
    test.status.isPending && marks != nil
  }

  /// A row's points; nothing where people gave them, because they count as a sum.
  func points(of test: Grade.TestResult) -> String {
    test.status.isPending ? "–" : "\(test.score)"
  }

  /// A word for a verdict, once it is known whether people have marked their part.
  func word(_ status: Verdict.Kind) -> String {
    status.isPending && marks != nil ? "marked by a person" : Self.word(status)
  }

  /// A word for a verdict.
  package static func word(_ status: Verdict.Kind) -> String {
    switch status {
    case .passed: "passed"
    case .partial: "partly right"
    case .failed: "wrong"
    case .crashed: "crashed"
    case .timedOut: "out of time"
    case .outOfMemory: "out of memory"
    case .badReply: "no valid answer"
    case .pending: "waits for a person"
    case .notRun: "not run"
    case .notJudged: "not judged"
    }
  }

  /// A sign for a verdict that needs no colour.
  static func sign(_ status: Verdict.Kind) -> String {
    switch status {
    case .passed: "✓"
    case .partial: "◐"
    case .pending: "…"
    case .notRun, .notJudged: "–"
    case .failed, .crashed, .timedOut, .outOfMemory, .badReply: "✗"
    }
  }
}

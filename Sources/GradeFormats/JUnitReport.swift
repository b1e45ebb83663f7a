package import GraderCore

/// Grades as JUnit XML, for systems that read test reports.
///
/// It holds the student's view. A wrong answer is a failure; a crash, a limit and a test that
/// could not run are errors, never skipped, because readers count what is skipped as no harm.
/// What waits, for a person or for the due date, is skipped.
package enum JUnitReport {
  /// A suite of tests: one submission.
  package struct Suite {
    var name: String
    var view: StudentView

    /// A submission's grade under a name, such as the student's.
    package init(name: String, view: StudentView) {
      self.name = name
      self.view = view
    }
  }

  /// The report on some submissions; suites that have the same name are numbered.
  package static func xml(_ suites: [Suite]) -> String {
    var seen: [String: Int] = [:]
    var counts = Counts()
    let elements = suites.map { suite -> Markup in
      let number = seen[suite.name, default: 0] + 1
      seen[suite.name] = number
      let name = number == 1 ? suite.name : "\(suite.name) (\(number))"
      let own = Counts(suite.view)
      counts.add(own)
      return element(suite.view, name: name, own)
    }
    let report = Markup(
      "testsuites",
      [
        "name": "chainrule", "tests": "\(counts.tests)", "failures": "\(counts.failures)",
        "errors": "\(counts.errors)", "time": noTime,
      ]
    ) { elements }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + report.render()
  }

  private struct Counts {
    var (tests, failures, errors, skipped) = (0, 0, 0, 0)

    init() {}

    init(_ view: StudentView) {
      if view.isMute { (tests, errors) = (1, 1) }
      if view.remark != nil {
        tests += 1
        skipped += 1
      }
      for test in view.grade.tests {
        tests += 1
        switch Outcome(of: test)?.kind {
        case .failure: failures += 1
        case .error: errors += 1
        case .skipped: skipped += 1
        case nil: break
        }
      }
    }

    mutating func add(_ other: Counts) {
      tests += other.tests
      failures += other.failures
      errors += other.errors
      skipped += other.skipped
    }
  }

  private static func element(_ view: StudentView, name: String, _ counts: Counts) -> Markup {
    let grade = view.grade
    return Markup(
      "testsuite",
      [
        "name": name, "tests": "\(counts.tests)", "failures": "\(counts.failures)",
        "errors": "\(counts.errors)", "skipped": "\(counts.skipped)",
        "time": noTime, "timestamp": grade.provenance.gradedAt,
        "hostname": "localhost",
      ]
    ) {
      properties(of: grade)
      for test in grade.tests { testCase(test, of: grade) }
      if view.isMute {
        let outcome = Outcome(kind: .error, type: grade.status.rawValue, text: grade.message)
        testCase(name: "submission", of: grade, outcome: outcome)
      }
      if let remark = view.remark {
        let outcome = Outcome(kind: .skipped, type: "afterDueDate", text: remark)
        testCase(name: "after the due date", of: grade, outcome: outcome)
      }
    }
  }

  /// The properties for which the format has no place of its own.
  private static func properties(of grade: Grade) -> Markup {
    Markup("properties") {
      property("score", "\(grade.score)")
      property("status", grade.status.rawValue)
      if let best = grade.maxScore { property("max_score", "\(best)") }
      if let suite = grade.provenance.fingerprint { property("suite", suite) }
      for test in grade.tests {
        property("score:\(test.id)", "\(test.score)")
        property("max_score:\(test.id)", "\(test.maxScore)")
      }
    }
  }

  private static func property(_ name: String, _ value: String) -> Markup {
    Markup("property", ["name": name, "value": value])
  }

  fileprivate struct Outcome {
    enum Kind { case failure, error, skipped }

    var kind: Kind
    var type: String
    var text: String
  }

  private static func testCase(_ test: Grade.TestResult, of grade: Grade) -> Markup {
    testCase(
      name: "\(test.id): \(test.title)",
      of: grade,
      outcome: Outcome(of: test),
      at: test.status.isLoss ? test.facts?.place : nil
    )
  }

  private static func testCase(
    name: String,
    of grade: Grade,
    outcome: Outcome?,
    at place: Grade.Place? = nil
  ) -> Markup {
    Markup(
      "testcase",
      [
        "classname": grade.assignment ?? "unknown", "name": name, "file": place?.file,
        "line": place?.line.map { "\($0)" }, "time": noTime,
      ]
    ) {
      if let outcome { outcome.element }
    }
  }

  /// The format demands a time of everything; a program sets its own as it likes, and could say in
  /// it what it was asked.
  private static let noTime = "0.000"
}

extension StudentView {
  /// True if a report would have no test, and look as if all were well.
  fileprivate var isMute: Bool {
    grade.tests.isEmpty && (remark == nil || grade.status != .graded)
  }
}

extension JUnitReport.Outcome {
  /// The outcome of a test; nil if it passed.
  fileprivate init?(of test: Grade.TestResult) {
    let text = [test.message, CounterexampleText.text(on: test)].compactMap(\.self)
      .joined(separator: "\n\n")
    switch test.status {
    case .passed: return nil
    case .pending, .notJudged:
      self.init(kind: .skipped, type: test.status.rawValue, text: text)
    case .failed: self.init(kind: .failure, type: "wrong-answer", text: text)
    case .partial: self.init(kind: .failure, type: "partial", text: text)
    case .crashed, .timedOut, .outOfMemory, .badReply, .notRun:
      self.init(kind: .error, type: test.status.rawValue, text: text)
    }
  }

  fileprivate var element: Markup {
    let message = text.split(separator: "\n").first.map(String.init) ?? type
    return switch kind {
    case .skipped: Markup("skipped", ["message": message])
    case .failure: Markup("failure", ["type": type, "message": message]) { text }
    case .error: Markup("error", ["type": type, "message": message]) { text }
    }
  }
}

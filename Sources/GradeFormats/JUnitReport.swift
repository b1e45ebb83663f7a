import Foundation
package import GraderCore

/// Grades as JUnit XML, for systems that read test reports.
///
/// It holds the student's view. A wrong answer is a failure; a crash, a limit and a test that
/// could not run are errors, never skipped, because readers count what is skipped as no harm.
package enum JUnitReport {
  /// A suite of tests: one submission.
  package struct Suite {
    var name: String
    var grade: Grade

    /// A submission's grade under a name, such as the student's.
    package init(name: String, grade: Grade) {
      self.name = name
      self.grade = grade.studentView
    }
  }

  /// The report on some submissions; suites that have the same name are numbered.
  package static func xml(_ suites: [Suite]) -> String {
    var seen: [String: Int] = [:]
    var counts = Counts()
    let bodies = suites.map { suite -> String in
      let number = seen[suite.name, default: 0] + 1
      seen[suite.name] = number
      let name = number == 1 ? suite.name : "\(suite.name) (\(number))"
      let (text, own) = element(suite.grade, name: name)
      counts.add(own)
      return text
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="chainrule" tests="\(counts.tests)" failures="\(counts.failures)" \
      errors="\(counts.errors)" time="\(time(counts.seconds))">
      \(bodies.joined(separator: "\n"))
      </testsuites>
      """
  }

  private struct Counts {
    var (tests, failures, errors, skipped) = (0, 0, 0, 0)
    var seconds = 0.0

    mutating func add(_ other: Counts) {
      tests += other.tests
      failures += other.failures
      errors += other.errors
      skipped += other.skipped
      seconds += other.seconds
    }
  }

  private static func element(_ grade: Grade, name: String) -> (text: String, counts: Counts) {
    var counts = Counts()
    var cases = grade.tests.map { test -> String in
      counts.tests += 1
      counts.seconds += test.usage?.wallSeconds ?? 0
      let outcome = outcome(of: test)
      switch outcome?.element {
      case "failure": counts.failures += 1
      case "error": counts.errors += 1
      case "skipped": counts.skipped += 1
      default: break
      }
      return testCase(
        name: "\(test.id): \(test.title)",
        of: grade,
        seconds: test.usage?.wallSeconds ?? 0,
        outcome: outcome
      )
    }
    if grade.tests.isEmpty {
      // A report without any test would look as if all were well.
      counts.tests = 1
      counts.errors = 1
      let outcome = Outcome(element: "error", type: grade.status.rawValue, text: grade.message)
      cases = [testCase(name: "submission", of: grade, seconds: 0, outcome: outcome)]
    }
    let text = """
      <testsuite name="\(Escaped.attribute(name))" tests="\(counts.tests)" \
      failures="\(counts.failures)" errors="\(counts.errors)" skipped="\(counts.skipped)" \
      time="\(time(counts.seconds))" timestamp="\(Escaped.attribute(grade.provenance.gradedAt))" \
      hostname="localhost">
      \(properties(of: grade))
      \(cases.joined(separator: "\n"))
      </testsuite>
      """
    return (text, counts)
  }

  /// The properties for which the format has no place of its own.
  private static func properties(of grade: Grade) -> String {
    var pairs = [("score", "\(grade.score)"), ("status", grade.status.rawValue)]
    if let best = grade.maxScore { pairs.append(("max_score", "\(best)")) }
    if let suite = grade.provenance.suiteDigest { pairs.append(("suite", suite)) }
    for test in grade.tests {
      pairs.append(("score:\(test.id)", "\(test.score)"))
      pairs.append(("max_score:\(test.id)", "\(test.maxScore)"))
    }
    let rows = pairs.map {
      "<property name=\"\(Escaped.attribute($0))\" value=\"\(Escaped.attribute($1))\"/>"
    }
    return "<properties>\n\(rows.joined(separator: "\n"))\n</properties>"
  }

  private struct Outcome {
    var element: String
    var type: String
    var text: String
  }

  private static func outcome(of test: Grade.TestResult) -> Outcome? {
    switch test.status {
    case .passed: nil
    case .pending: Outcome(element: "skipped", type: "pending", text: test.message)
    case .failed: Outcome(element: "failure", type: "wrong-answer", text: test.message)
    case .partial: Outcome(element: "failure", type: "partial", text: test.message)
    case .crashed, .timedOut, .outOfMemory, .badReply, .notRun:
      Outcome(element: "error", type: test.status.rawValue, text: test.message)
    }
  }

  private static func testCase(
    name: String,
    of grade: Grade,
    seconds: Double,
    outcome: Outcome?
  ) -> String {
    let head = """
      <testcase classname="\(Escaped.attribute(grade.assignment ?? "unknown"))" \
      name="\(Escaped.attribute(name))" time="\(time(seconds))"
      """
    guard let outcome else { return head + "/>" }
    let first = outcome.text.split(separator: "\n").first.map(String.init) ?? outcome.type
    let message = Escaped.attribute(first)
    if outcome.element == "skipped" {
      return "\(head)><skipped message=\"\(message)\"/></testcase>"
    }
    return "\(head)><\(outcome.element) type=\"\(outcome.type)\" message=\"\(message)\">"
      + "\(Escaped.markup(outcome.text))</\(outcome.element)></testcase>"
  }

  /// Seconds with three decimals: Jenkins's schema refuses more, and an exponent.
  private static func time(_ seconds: Double) -> String {
    let thousandths = seconds.isFinite ? Int((max(0, min(seconds, 1e9)) * 1000).rounded()) : 0
    let rest = String(thousandths % 1000)
    return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
  }
}

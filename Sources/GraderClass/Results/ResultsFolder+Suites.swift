import ClassCore
import GradeFormats
import Gradebook
import GraderCore
package import GraderRuntime

extension ResultsFolder {
  /// Writes down what the tests of a suite depend on, unless it is known.
  func note(
    _ suite: String,
    of assignment: String,
    by workshop: Workshop
  ) throws(GraderFault) {
    guard try withBook({ try $0.fingerprints(ofSuite: suite) }) == nil else { return }
    let text = try JSONText.encode(try workshop.fingerprints(of: assignment))
    try withBook { try $0.add(fingerprints: text, ofSuite: suite) }
  }

  /// A sentence on grades that count and are by suites that the course no longer has; nil if there
  /// are none.
  package func earlierSuites(course: Course) throws(GraderFault) -> String? {
    let (attempts, standings) = try withBook { (try $0.attempts(), try $0.standings()) }
    var suites: [String: String] = [:]
    var count = 0
    for attempt in attempts where attempt.counts {
      guard let standing = standings[attempt.id], let suite = standing.suite,
        let id = standing.assignment, course.assignmentIDs.contains(id)
      else { continue }
      if suites[id] == nil { suites[id] = "sha256:\(try course.assignment(id).suiteDigest())" }
      if suites[id] != suite { count += 1 }
    }
    return BatchText.earlierSuites(count, folder: path)
  }

  /// Withholds an attempt's grade; one that it had stays in the gradebook.
  ///
  /// If even this fails, the attempt has no grade, and the next run finds it without one.
  func withhold(_ attempt: Attempt, _ fault: GraderFault) -> BatchTally.Withheld {
    let withheld = BatchTally.Withheld(attempt, fault)
    try? withBook {
      try $0.withhold(
        attempt.id,
        kind: withheld.kind,
        reason: withheld.reason,
        detail: fault.detail
      )
    }
    return withheld
  }
}

extension BatchTally.Withheld {
  /// The grade of an attempt that a fault keeps from it; a reason is one line, and the fault's
  /// detail is not for tables.
  init(_ attempt: Attempt, _ fault: GraderFault) {
    let kind = fault.kind == .usage ? GraderFault.Kind.broken : fault.kind
    let reason = fault.summary.replacing("\n", with: " ")
    self.init(name: attempt.slug, kind: kind.rawValue, reason: reason)
  }
}

import ClassCore
import GradeFormats
import Gradebook
import GraderCore
import GraderRuntime

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

  /// Withholds an attempt's grade; one that it had stays in the gradebook.
  ///
  /// If even this fails, the attempt has no grade, and the next run finds it without one.
  func withhold(_ attempt: Attempt, _ fault: GraderFault) -> BatchTally.Withheld {
    let kind = fault.kind == .usage ? GraderFault.Kind.broken : fault.kind
    try? withBook {
      try $0.withhold(attempt.id, kind: kind.rawValue, reason: fault.description)
    }
    return BatchTally.Withheld(
      name: attempt.slug,
      kind: kind.rawValue,
      reason: fault.description
    )
  }
}

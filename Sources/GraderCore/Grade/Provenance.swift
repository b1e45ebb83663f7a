/// The origins of a grade, so that anybody can produce it again.
package struct Provenance: Codable, Equatable, Sendable {
  /// The version of the grader.
  package var grader: String
  /// SHA-256 over the hidden suite, the handout's modules and the rubric; null if unknown.
  @OrNull package var suiteDigest: String?
  /// The compiler's version line.
  @OrNull package var toolchain: String?
  /// The seed of all that is random in the tests; absent in the student's view.
  package var seed: String?
  /// The limits in force.
  package var limits: GradingLimits
  /// The defences that the jail really enforced.
  package var jail: JailRecord
  /// The command that produces this grade again; absent in the student's view.
  package var replay: String?
  /// The time at which grading ended, in ISO 8601.
  package var gradedAt: String

  /// The defences that the jail really enforced.
  package struct JailRecord: Codable, Equatable, Sendable {
    /// `L3`, `L2` or `none`.
    package var level: String
    /// The mechanisms, such as `seccomp` or `landlock(abi 7)`.
    package var enforced: [String]

    /// These facts.
    package init(level: String, enforced: [String]) {
      self.level = level
      self.enforced = enforced
    }
  }

  /// These facts.
  package init(
    grader: String,
    suiteDigest: String?,
    toolchain: String?,
    seed: String?,
    limits: GradingLimits,
    jail: JailRecord,
    replay: String?,
    gradedAt: String
  ) {
    self.grader = grader
    self.suiteDigest = suiteDigest
    self.toolchain = toolchain
    self.seed = seed
    self.limits = limits
    self.jail = jail
    self.replay = replay
    self.gradedAt = gradedAt
  }
}

extension Grade {
  /// The grade without anything that a student must not see.
  package var studentView: Grade {
    var view = self
    view.provenance.seed = nil
    view.provenance.replay = nil
    view.tests = tests.filter { $0.visibility != .hidden }
    for index in view.tests.indices {
      view.tests[index].staffMessage = nil
      view.tests[index].facts?.carried = nil
    }
    return view
  }
}

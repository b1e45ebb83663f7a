/// What a student gets in the end, and what it is made of.
///
/// Computed from raw data each time, never stored as the truth.
package struct FinalGrade: Codable, Equatable, Sendable {
  /// What the machine gave.
  package var machine: Points
  /// What people gave; nil while something waits for them.
  package var marks: Points?
  /// What lateness took away.
  package var latePenalty: Points
  /// What was added besides.
  package var extra: Points
  /// The total; nil while something is pending.
  package var total: Points?
  /// What could be reached, extra points left out.
  package var maxScore: Points
  /// Why it is what it is, one sentence each, for the student.
  package var reasons: [String]

  package init(
    machine: Points,
    marks: Points?,
    latePenalty: Points,
    extra: Points,
    total: Points?,
    maxScore: Points,
    reasons: [String]
  ) {
    self.machine = machine
    self.marks = marks
    self.latePenalty = latePenalty
    self.extra = extra
    self.total = total
    self.maxScore = maxScore
    self.reasons = reasons
  }
}

/// The points that a student gets in the end, and their parts.
///
/// Computed from raw data each time, never stored as the truth.
package struct FinalGrade: Codable, Equatable, Sendable {
  /// The points that the machine gave.
  package var machine: Points
  /// The points that people gave; nil while something waits for them.
  package var marks: Points?
  /// The points that lateness took away.
  package var latePenalty: Points
  /// The points that were added besides.
  package var extra: Points
  /// The total; nil while something is pending.
  package var total: Points?
  /// The points that could be reached, extra points left out.
  package var maxScore: Points
  /// The reasons for the grade, one sentence each, for the student.
  package var reasons: [String]
  /// The first thing that keeps the total from being known; nil where nothing does.
  package var open: Open?

  /// Something that a person has to decide before there is a total.
  package enum Open: String, Codable, Sendable {
    /// Part of it is still to be marked.
    case marks
    /// A mark is above the maximum of its item, which has changed since.
    case markAboveMaximum
    /// It is late by the source's word alone, and there is an extension.
    case lateness

    /// The state in words.
    package var words: String {
      switch self {
      case .marks: "waits for marks"
      case .markAboveMaximum: "has a mark above the maximum"
      case .lateness: "waits for the time of handing in"
      }
    }
  }

  package init(
    machine: Points,
    marks: Points?,
    latePenalty: Points,
    extra: Points,
    total: Points?,
    maxScore: Points,
    reasons: [String],
    open: Open? = nil
  ) {
    self.machine = machine
    self.marks = marks
    self.latePenalty = latePenalty
    self.extra = extra
    self.total = total
    self.maxScore = maxScore
    self.reasons = reasons
    self.open = open ?? (total == nil ? .marks : nil)
  }
}

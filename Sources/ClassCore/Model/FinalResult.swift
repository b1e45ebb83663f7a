package import GraderCore

/// A row of a class as its tables need it: whose, from where, and the final grade.
///
/// Rows of a whole class are in memory at once; its grades, with all their texts, never are.
package struct FinalResult: Sendable {
  /// The owners; several for a group.
  package var students: [Student]
  /// The attempt that counts; nil if nobody handed one in.
  package var attempt: AttemptFacts?
  /// The facts of its grade; nil if there is none, or if it is withheld.
  package var grade: GradeFacts?
  /// True if a grade is withheld.
  package var isWithheld: Bool
  /// See `ClassResult`.
  package var final: FinalGrade?
  /// See `ClassResult`.
  package var open: ClassResult.Open?
  /// See `ClassResult`.
  package var unfitMarks: [ClassResult.UnfitMark]
  /// See `ClassResult`.
  package var deadline: Deadline
  /// The students, else the file, for lists on a screen.
  var shown: String

  /// What is known of an attempt.
  package struct AttemptFacts: Sendable {
    /// Its identity.
    package var id: String
    /// See `Attempt`.
    package var sourceID: String?
    /// See `Attempt`.
    package var feedbackPrefix: String?
  }

  /// What is known of a grade.
  package struct GradeFacts: Sendable {
    /// The assignment's id; nil if nobody can tell.
    package var assignment: String?
    /// The points that a machine could have given; nil if the assignment is unknown.
    package var maxScore: Points?
  }

  /// The row of a result.
  package init(_ result: ClassResult) {
    students = result.students
    attempt = result.attempt.map {
      AttemptFacts(id: $0.id, sourceID: $0.sourceID, feedbackPrefix: $0.feedbackPrefix)
    }
    grade = result.grade.map { GradeFacts(assignment: $0.assignment, maxScore: $0.maxScore) }
    isWithheld = result.withheld != nil
    (final, open, unfitMarks) = (result.final, result.open, result.unfitMarks)
    (deadline, shown) = (result.deadline, result.shown)
  }

  /// The same with the machine's points in the place of a final grade.
  package var byMachine: FinalResult {
    var result = self
    guard let grade, let final else { return result }
    result.final = FinalGrade(
      machine: final.machine,
      marks: nil,
      latePenalty: .zero,
      extra: .zero,
      total: final.machine,
      maxScore: grade.maxScore ?? final.machine,
      reasons: []
    )
    return result
  }
}

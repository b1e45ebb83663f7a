package import GraderCore

/// The result of taking in an archive.
package struct TakenIn: Sendable {
  /// The archive's name, its digest, and that of the files that were kept.
  package let archive: Grade.SubmissionRecord
  /// The record of the archive's entries.
  package let record: Grade.IntakeRecord
  /// The assignment that was asked for; nil if the content was to tell.
  let chosen: String?
  let outcome: Outcome

  enum Outcome: Sendable {
    /// All files that were kept, answers in words included.
    case accepted(CourseAssignment, [Submission.File])
    /// Nothing can be graded; why, for the student.
    case refused(String)
  }

  /// The assignment and the digest of the files that were kept; nil if it cannot be graded.
  package var submission: (assignment: String, digest: String)? {
    guard case .accepted(let assignment, _) = outcome, let digest = archive.digest else {
      return nil
    }
    return (assignment.assignment.id, digest)
  }

  /// All files that were kept.
  package var files: [Submission.File] {
    guard case .accepted(_, let files) = outcome else { return [] }
    return files
  }

  /// The facts for a person who wants to know the contents of the archive.
  package var facts: IntakeTable.Facts {
    let problem: String? = if case .refused(let message) = outcome { message } else { nil }
    return IntakeTable.Facts(
      name: archive.name,
      assignment: submission?.assignment ?? chosen,
      problem: problem,
      record: record
    )
  }
}

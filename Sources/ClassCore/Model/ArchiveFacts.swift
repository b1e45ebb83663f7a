package import GraderCore

/// The part of a grade about the archive itself: two archives with the same files share the rest.
package struct ArchiveFacts: Codable, Equatable, Sendable {
  /// The archive's name and digests.
  package var submission: Grade.SubmissionRecord
  /// The record of its entries.
  package var intake: Grade.IntakeRecord

  package init(submission: Grade.SubmissionRecord, intake: Grade.IntakeRecord) {
    self.submission = submission
    self.intake = intake
  }
}

extension Grade {
  /// The grade of an archive that holds the same files under another name.
  package func handedIn(as handedIn: ArchiveFacts) -> Grade {
    var grade = self
    grade.submission = handedIn.submission
    grade.intake = handedIn.intake
    // The command names the archive, and another student's name is nobody's business.
    if grade.provenance.replay != nil, let seed = grade.provenance.seed {
      grade.provenance.replay =
        "grader \(ShellWord.quoted(handedIn.submission.name)) --seed \(seed)"
    }
    return grade
  }
}

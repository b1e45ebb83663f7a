import ClassCore
import Foundation
import GradeFormats
import Gradebook
import GraderCore
import GraderRuntime

/// The work on one attempt, on whatever thread: it looks, grades, and writes down the result.
struct Clerk: Sendable {
  let workshop: Workshop
  let folder: ResultsFolder
  /// The standing of each attempt at the start of the run.
  let standings: [String: Gradebook.Standing]
  let seed: UInt64?
  let reason: Gradebook.Reason

  /// An attempt that has been looked at.
  struct Looked: Sendable {
    var attempt: Attempt
    var handedIn: ArchiveFacts
    /// The assignment that it is of and the digest of its files; nil if it cannot be graded.
    var submission: (assignment: String, digest: String)?
    /// The key that its grade answers.
    var key: String
  }

  /// The result of a look at an attempt.
  enum Finding: Sendable {
    /// Its grade stands.
    case unchanged
    /// The same content has a grade, which it now has too.
    case shared(Grade)
    /// It has to be graded.
    case ungraded(Looked, TakenIn?)
    /// It cannot be graded as it is.
    case refused
  }

  /// Looks into an attempt's archive, or remembers what was in it, and finds its grade.
  func look(at attempt: Attempt, chosen: String?, acceptsRefusal: Bool) throws(GraderFault)
    -> Finding
  {
    let archive = try archive(of: attempt)
    let policy = workshop.intakePolicy(chosen: chosen)
    let known = try folder.withBook {
      try $0.intake(archive: archive.digest, name: archive.name, policy: policy)
    }
    var taken: TakenIn?
    let intake: Gradebook.KnownIntake
    if let known {
      intake = known
    } else {
      let fresh = try workshop.takeIn(archive, chosen: chosen)
      intake = Gradebook.KnownIntake(submission: fresh.submission, record: fresh.record)
      try remember(intake, of: fresh, policy: policy)
      taken = fresh
    }
    guard intake.submission != nil || acceptsRefusal else { return .refused }
    let looked = Looked(
      attempt: attempt,
      handedIn: ArchiveFacts(
        submission: Grade.SubmissionRecord(
          name: archive.name,
          archiveDigest: archive.digest,
          digest: intake.submission?.digest
        ),
        intake: intake.record
      ),
      submission: intake.submission,
      key: try intake.submission.map { submission throws(GraderFault) in
        try workshop.key(submission: submission, seed: seed)
      }
        ?? workshop.key(
          refusedArchive: archive.digest,
          name: archive.name,
          assignment: chosen
        )
    )
    return try found(looked) ?? .ungraded(looked, taken)
  }

  /// The grade that the gradebook holds for what was looked at; nil if it holds none.
  func found(_ looked: Looked) throws(GraderFault) -> Finding? {
    let standing = standings[looked.attempt.id]
    let isByEarlierSuite = try isByEarlierSuite(looked)
    let stands = standing?.key == looked.key || isByEarlierSuite
    let isWritten = Files.exists(folder.gradePath(of: looked.attempt.slug))
    if stands, standing?.withheld == nil, isWritten { return .unchanged }
    // What was kept when others changed stays kept.
    if stands,
      let own = try folder.withBook({ try $0.grade(of: looked.attempt.id) })
    {
      try folder.write(own, for: looked.attempt)
      try folder.withBook { try $0.release(looked.attempt.id) }
      return .unchanged
    }
    guard let known = try folder.withBook({ try $0.grade(key: looked.key) }) else { return nil }
    let grade = known.grade.handedIn(as: looked.handedIn)
    try folder.write(grade, for: looked.attempt)
    try folder.withBook {
      try $0.award(known.id, as: grade, key: looked.key, to: looked.attempt.id, because: reason)
    }
    return .shared(grade)
  }

  /// Tells whether an attempt's grade would stand if the suite were as it was then: such a grade
  /// stays until somebody asks for a regrade.
  private func isByEarlierSuite(_ looked: Looked) throws(GraderFault) -> Bool {
    guard let standing = standings[looked.attempt.id], let key = standing.key,
      let suite = standing.suite, let submission = looked.submission
    else { return false }
    let digest = String(suite.trimmingPrefix("sha256:"))
    return try workshop.key(submission: submission, seed: seed, suite: digest) == key
  }

  /// Grades what was looked at.
  ///
  /// The file comes first: whatever the gradebook holds is on disk too.
  func grade(
    _ looked: Looked,
    _ taken: TakenIn?,
    chosen: String?,
    options: Workshop.Options
  ) throws(GraderFault) -> Grade {
    let archive = looked.handedIn.submission
    let again = { () throws(GraderFault) in
      let kept = try folder.original(archive.archiveDigest, name: archive.name)
      return try workshop.takeIn(kept, chosen: chosen)
    }
    let taken = if let taken { taken } else { try again() }
    var options = options
    options.seed = options.seed ?? seed
    let grade = try workshop.grade(taken, options: options)
    try folder.write(grade, for: looked.attempt)
    if let suite = grade.provenance.suiteDigest, let assignment = grade.assignment {
      try folder.note(suite, of: assignment, by: workshop)
    }
    try folder.withBook {
      try $0.award(grade, key: looked.key, to: looked.attempt.id, because: reason)
    }
    return grade
  }

  // MARK: Steps

  /// An attempt's archive, which may be gone from where it was handed in.
  private func archive(of attempt: Attempt) throws(GraderFault) -> Archive {
    do {
      return try Archive(
        path: attempt.path,
        name: attempt.originalName.lastComponent,
        keptIn: folder.originals
      )
    } catch {
      guard error.kind == .usage else { throw error }
      throw GraderFault(.broken, error.what, remedy: "Put it back, and run the command again.")
    }
  }

  private func remember(
    _ intake: Gradebook.KnownIntake,
    of taken: TakenIn,
    policy: String
  ) throws(GraderFault) {
    let digests = Dictionary(taken.record.kept.map { ($0.path, $0.digest) }) { first, _ in first }
    let files = taken.files.compactMap { file in
      digests[file.path.string].map { ($0, file.content) }
    }
    try folder.withBook {
      try $0.add(
        intake: intake,
        archive: taken.archive.archiveDigest,
        name: taken.archive.name,
        policy: policy,
        files: files
      )
    }
  }
}

extension String {
  /// The part behind the last slash.
  var lastComponent: String { split(separator: "/").last.map(String.init) ?? self }
}

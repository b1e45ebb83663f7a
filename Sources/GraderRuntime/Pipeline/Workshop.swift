import Foundation
package import GraderCore
import Synchronization

/// Grades many archives of one course.
///
/// What they share is prepared once, when it is first needed; several threads may grade at once.
package final class Workshop: Sendable {
  private let pipeline: Pipeline
  private let intake: IntakeStep
  /// Changes with all that decides what intake makes of an archive.
  package let intakePolicy: String
  private let gradings = Mutex<[String: Result<Grading, GraderFault>]>([:])
  private let keys = Mutex<[String: Result<KeyParts, GraderFault>]>([:])

  /// A workshop in which nothing is prepared yet.
  package init(pipeline: Pipeline) throws(GraderFault) {
    self.pipeline = pipeline
    intake = IntakeStep(course: pipeline.course, machine: pipeline.machine)
    intakePolicy = try intake.policyDigest()
  }

  /// What intake made of an archive.
  package struct TakenIn: Sendable {
    /// The archive itself.
    let archive: Archive
    let outcome: IntakeStep.Outcome

    /// What became of the archive's entries.
    package var record: Grade.IntakeRecord {
      switch outcome {
      case .accepted(let accepted): accepted.record
      case .refused(let refusal): refusal.record
      }
    }

    /// The assignment and the digest of the files that were kept; nil if it cannot be graded.
    package var submission: (assignment: String, digest: String)? {
      guard case .accepted(let accepted) = outcome else { return nil }
      return (accepted.assignment.assignment.id, "sha256:\(accepted.digest)")
    }

    /// All files that were kept.
    package var files: [(path: String, bytes: [UInt8])] {
      guard case .accepted(let accepted) = outcome else { return [] }
      return accepted.files
    }
  }

  /// SHA-256 of a file.
  package static func digest(ofArchive path: String) throws(GraderFault) -> String {
    "sha256:\(try Archive(path: path).digest)"
  }

  /// Reads an archive in the jail.
  ///
  /// It was called `name` when it was handed in, and belongs to the assignment `chosen`, or to that
  /// which its content tells.
  package func takeIn(
    _ path: String,
    name: String,
    chosen: String?
  ) throws(GraderFault) -> TakenIn {
    let archive = try Archive(path: path, name: name)
    return TakenIn(archive: archive, outcome: try intake.run(archive, chosen: chosen))
  }

  /// Grades what was taken in.
  ///
  /// - Throws: `GraderFault` when the fault is ours.
  package func grade(
    _ taken: TakenIn,
    options: Pipeline.Options
  ) throws(GraderFault) -> Grade {
    switch taken.outcome {
    case .refused(let refusal):
      return try pipeline.refused(taken.archive, refusal, options: options)
    case .accepted(let accepted):
      let grading = try grading(of: accepted.assignment)
      return try pipeline.grade(taken.archive, accepted, grading: grading, options: options)
    }
  }

  /// The digest of all that a grade of some files depends on: the files, the suite with its rubric
  /// and limits, the toolchain, the jail and what was asked for.
  package func key(
    submission: (assignment: String, digest: String),
    seed: UInt64?
  ) throws(GraderFault) -> String {
    let parts = try keyParts(of: submission.assignment)
    var digest = Digest()
    digest.add(field: "grade/1")
    digest.add(field: Pipeline.version)
    digest.add(field: submission.assignment)
    digest.add(field: submission.digest)
    digest.add(field: parts.suite)
    digest.add(field: parts.toolchain)
    digest.add(field: pipeline.machine.record.level)
    digest.add(field: seed.map { "\($0)" } ?? "")
    return digest.hex()
  }

  /// The key of an archive that cannot be read.
  package func key(
    refusedArchive digest: String,
    name: String,
    assignment: String?
  ) -> String {
    var key = Digest()
    key.add(field: "refusal/1")
    key.add(field: digest)
    key.add(field: name)
    key.add(field: intakePolicy)
    key.add(field: assignment ?? "")
    return key.hex()
  }

  /// The description of an assignment.
  package func assignment(_ id: String) throws(GraderFault) -> CourseAssignment {
    try pipeline.course.assignment(id)
  }

  /// What each test of an assignment depends on.
  package func fingerprints(of id: String) throws(GraderFault) -> SuiteFingerprints {
    try SuiteFingerprints(
      try assignment(id),
      toolchain: try keyParts(of: id).toolchain
    )
  }

  // MARK: What is prepared once

  private struct KeyParts: Sendable {
    var suite: String
    var toolchain: String
  }

  private func keyParts(of id: String) throws(GraderFault) -> KeyParts {
    try keys.withLock { known in
      if let result = known[id] { return result }
      let result = Result<KeyParts, GraderFault> { () throws(GraderFault) in
        KeyParts(
          suite: try pipeline.course.assignment(id).suiteDigest(),
          toolchain: try Toolchain.find().version()
        )
      }
      known[id] = result
      return result
    }.get()
  }

  /// What an assignment's archives are graded with; who comes second waits for the first.
  ///
  /// A fault that may pass is forgotten.
  private func grading(of assignment: CourseAssignment) throws(GraderFault) -> Grading {
    try gradings.withLock { known in
      let id = assignment.assignment.id
      if let result = known[id] { return result }
      let result = Result<Grading, GraderFault> { () throws(GraderFault) in
        try Grading(
          assignment,
          course: pipeline.course,
          machine: pipeline.machine,
          cache: pipeline.cache
        )
      }
      if case .failure(let fault) = result, fault.kind == .temporary { return result }
      known[id] = result
      return result
    }.get()
  }
}

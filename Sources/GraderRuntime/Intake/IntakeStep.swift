import Foundation
package import GraderCore
import Sandbox

/// Reads an archive in the jail and decides what of it is graded.
struct IntakeStep: Sendable {
  /// Changes with all that decides what intake makes of an archive.
  let policyDigest: String
  private let course: Course
  private let reading: ArchiveReading
  /// All assignments in order.
  private let candidates: [Candidate]
  /// The fault of the first assignment that cannot be read: a teacher's unfinished one must not
  /// stop the grading of the others.
  private let broken: GraderFault?

  /// An assignment that an archive may belong to, and what intake knows of it.
  private struct Candidate {
    var assignment: CourseAssignment
    var known: IntakeAssignment

    init(_ assignment: CourseAssignment) throws(GraderFault) {
      var handout: [RelativePath: [UInt8]] = [:]
      for path in assignment.handIn.required {
        handout[path] = try Files.read("\(assignment.handout)/\(path)")
      }
      self.assignment = assignment
      known = IntakeAssignment(
        id: assignment.assignment.id,
        handIn: assignment.handIn,
        handout: handout
      )
    }
  }

  /// A step that has read all assignments, for as many archives as there are.
  init(course: Course, machine: Machine) {
    self.course = course
    var candidates: [Candidate] = []
    var broken: GraderFault?
    var digest = Digest()
    digest.add(field: "intake/3")
    for id in course.assignmentIDs {
      do throws(GraderFault) {
        let candidate = try Candidate(try course.assignment(id))
        let list = try Files.read("\(candidate.assignment.handout)/handin.txt")
        candidates.append(candidate)
        digest.add(field: id)
        digest.add(field: list)
        for (path, bytes) in candidate.known.handout.sorted(by: { $0.key < $1.key }) {
          digest.add(field: path.string)
          digest.add(field: bytes)
        }
      } catch {
        broken = broken ?? error
      }
    }
    self.candidates = candidates
    reading = ArchiveReading(
      reader: ArchiveReader(machine: machine),
      known: candidates.map(\.known)
    )
    self.broken = broken
    policyDigest = digest.hex()
  }

  /// Takes in an archive: the files to grade, or the reasons why there are none; it belongs to the
  /// assignment `chosen`, or to that which its content tells.
  func run(_ archive: Archive, chosen: String?) throws(GraderFault) -> TakenIn {
    if let chosen { _ = try course.assignment(chosen) }
    if candidates.isEmpty, let broken { throw broken }
    switch try reading.result(archive, chosen: chosen) {
    case .refused(let problem, let report):
      // It may belong to an assignment that cannot be read: our fault, not the student's.
      if let broken { throw broken }
      return TakenIn(
        archive: Grade.SubmissionRecord(
          name: archive.name,
          archiveDigest: archive.digest,
          digest: nil
        ),
        record: Grade.IntakeRecord(report, files: []),
        chosen: chosen,
        outcome: .refused(IntakeText.student(problem))
      )
    case .accepted(let submission, let report):
      let match = candidates.first { $0.known.id == submission.assignment }
      guard let match else {
        throw GraderFault(.broken, "Intake chose \(submission.assignment), which does not exist.")
      }
      return TakenIn(
        archive: Grade.SubmissionRecord(
          name: archive.name,
          archiveDigest: archive.digest,
          digest: "sha256:\(Self.digest(of: submission))"
        ),
        record: Grade.IntakeRecord(report, files: submission.files),
        chosen: chosen,
        outcome: .accepted(match.assignment, submission.files)
      )
    }
  }

  /// Sorts what somebody handed in in several pieces into hand-ins.
  func sort(
    _ pieces: [HandInPiece],
    chosen: String?,
    isOneAttempt: Bool
  ) throws(GraderFault) -> [JoinedPieces] {
    var listed: [JoinedPieces.Piece] = []
    for piece in pieces {
      listed.append(
        JoinedPieces.Piece(
          listing: try listing(of: piece.content),
          family: piece.family,
          isOrdered: piece.isOrdered
        )
      )
    }
    return JoinedPieces.sort(
      listed,
      assignments: reading.known,
      chosen: chosen,
      isOneAttempt: isOneAttempt
    )
  }

  /// The files of a piece that may be meant; of one that cannot be read a failure.
  private func listing(of content: HandInPiece.Content) throws(GraderFault) -> ArchiveListing {
    var listing = ArchiveListing()
    switch content {
    case .loose(let files):
      listing.candidates = files.compactMap { file in
        RelativePath(file.name).map {
          ArchiveEntry(path: $0, size: UInt64(file.bytes.count), content: file.bytes)
        }
      }
    case .archive(let archive):
      switch try reading.ask(about: archive, IntakeLimits()) {
      case .listing(let answer): listing = answer
      case .problem: listing.failure = .empty
      case .fault(let fault): throw ArchiveReading.fault(fault)
      }
    }
    return listing
  }

  private static func digest(of submission: Submission) -> String {
    var digest = Digest()
    digest.add(field: submission.assignment)
    for file in submission.files {
      digest.add(field: file.path.string)
      digest.add(field: file.content)
    }
    return digest.hex()
  }
}

extension Grade.IntakeRecord {
  init(_ report: IntakeReport, files: [Submission.File]) {
    let staffNotes = IntakeText.aboutArchive(report)
    self.init(
      format: report.layout.map { String($0.description.dropFirst()) },
      kept: files.map {
        Grade.KeptFile(
          path: $0.path.string,
          bytes: $0.content.count,
          digest: "sha256:\(Digest.hex(of: $0.content))"
        )
      },
      ignored: Dictionary(
        uniqueKeysWithValues: report.ignored.map { ("\($0.key)", Int($0.value.count)) }
      ),
      repaired: report.repaired.map { IntakeText.student($0) },
      missing: report.missing.map(\.string),
      notes: report.notes.compactMap { IntakeText.student($0) } + IntakeText.lost(report),
      staffNotes: staffNotes.isEmpty ? nil : staffNotes
    )
  }
}

/// A part of what somebody handed in at one time.
package struct HandInPiece: Sendable {
  /// An archive, or loose files by their names.
  package enum Content: Sendable {
    case archive(Archive)
    case loose([(name: String, bytes: [UInt8])])
  }

  let content: Content
  let family: String
  let isOrdered: Bool

  /// See `JoinedPieces.Piece`.
  package init(_ content: Content, family: String, isOrdered: Bool = true) {
    (self.content, self.family, self.isOrdered) = (content, family, isOrdered)
  }
}

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

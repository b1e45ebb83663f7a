import Foundation
package import GraderCore
import Sandbox

/// Reads an archive in the jail and decides what of it is graded.
struct IntakeStep: Sendable {
  /// Changes with all that decides what intake makes of an archive.
  let policyDigest: String
  private let assignments: AssignmentShelf
  private let reading: ArchiveReading

  /// A step that has read what is handed in for each assignment, for as many archives as there are.
  init(assignments: AssignmentShelf, machine: Machine) {
    self.assignments = assignments
    var known: [IntakeAssignment] = []
    var digest = Digest()
    digest.add(field: "intake/3")
    for id in assignments.course.assignmentIDs {
      // What cannot be read is told when an archive may belong to it.
      guard let handedIn = try? HandedIn(of: id, in: assignments.course) else { continue }
      known.append(handedIn.known)
      digest.add(field: id)
      digest.add(field: handedIn.list)
      for (path, bytes) in handedIn.known.handout.sorted(by: { $0.key < $1.key }) {
        digest.add(field: path.string)
        digest.add(field: bytes)
      }
    }
    reading = ArchiveReading(reader: ArchiveReader(machine: machine), known: known)
    policyDigest = digest.hex()
  }

  /// An assignment's list of what is handed in, and those files as they were handed out.
  private struct HandedIn {
    var list: [UInt8]
    var known: IntakeAssignment

    init(of id: String, in course: Course) throws(GraderFault) {
      let folder = course.handout(of: id)
      let handIn: HandIn
      (list, handIn) = try course.handIn(of: id)
      var handout: [RelativePath: [UInt8]] = [:]
      for path in handIn.required { handout[path] = try Files.read("\(folder)/\(path)") }
      known = IntakeAssignment(id: id, handIn: handIn, handout: handout)
    }
  }

  /// Takes in an archive: the files to grade, or the reasons why there are none; it belongs to the
  /// assignment `chosen`, or to that which its content tells.
  func run(_ archive: Archive, chosen: String?) throws(GraderFault) -> TakenIn {
    if let chosen { _ = try assignments.assignment(chosen) }
    if reading.known.isEmpty { try assignments.readAll() }
    var result = try reading.result(archive, chosen: chosen)
    // A teacher's unfinished assignment must not stop the grading of the others, whose copy it may
    // be.
    if !isOfReadable(result), readable.known.count < reading.known.count, !readable.known.isEmpty {
      result = try readable.result(archive, chosen: chosen)
    }
    switch result {
    case .refused(let problem, let report):
      // It may belong to an assignment that cannot be read: our fault, not the student's.
      try assignments.readAll()
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
      let match = try assignments.assignment(submission.assignment)
      return TakenIn(
        archive: Grade.SubmissionRecord(
          name: archive.name,
          archiveDigest: archive.digest,
          digest: "sha256:\(Self.digest(of: submission))"
        ),
        record: Grade.IntakeRecord(report, files: submission.files),
        chosen: chosen,
        outcome: .accepted(match, submission.files)
      )
    }
  }

  /// The assignments of which all can be read.
  private var readable: ArchiveReading {
    ArchiveReading(
      reader: reading.reader,
      known: reading.known.filter { (try? assignments.assignment($0.id)) != nil }
    )
  }

  private func isOfReadable(_ result: IntakeResult) -> Bool {
    guard case .accepted(let submission, _) = result else { return false }
    return (try? assignments.assignment(submission.assignment)) != nil
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
      assignments: readable.known,
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

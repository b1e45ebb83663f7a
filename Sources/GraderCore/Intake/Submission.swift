/// The files of one student for one assignment: what is graded, and nothing else.
package struct Submission: Equatable, Sendable {
  /// The assignment's id, as `a1-batch-norm`.
  package let assignment: String
  /// Sorted by path, so that the same content is the same submission however it was packed.
  package let files: [File]

  /// A file by its path in the hand-in: the student's, or what the course has in its place.
  package struct File: Equatable, Sendable {
    package let path: RelativePath
    package let content: [UInt8]

    package init(path: RelativePath, content: [UInt8]) {
      self.path = path
      self.content = content
    }
  }

  /// Only intake makes one.
  init(assignment: String, files: [File]) {
    self.assignment = assignment
    self.files = files.sorted { $0.path < $1.path }
  }
}

/// An assignment as intake sees it.
package struct IntakeAssignment: Sendable {
  package let id: String
  package let handIn: HandIn
  /// The files as handed out; an assignment with only these was not worked on.
  package let handout: [RelativePath: [UInt8]]

  package init(id: String, handIn: HandIn, handout: [RelativePath: [UInt8]] = [:]) {
    self.id = id
    self.handIn = handIn
    self.handout = handout
  }
}

/// The result of taking in an archive.
package enum IntakeResult: Equatable, Sendable {
  case accepted(Submission, IntakeReport)
  /// The student's archive cannot be graded as it is; the report says how far reading got.
  case refused(IntakeProblem, IntakeReport)
}

/// The report on everything in an archive.
package struct IntakeReport: Equatable, Sendable {
  package var layout: ArchiveLayout?
  package var totals = ArchiveTotals()
  package var kept: [RelativePath] = []
  /// Asked for by name, but not in the archive.
  package var missing: [RelativePath] = []
  /// Read past; nothing of this was looked at or written.
  package var ignored: [IgnoredReason: IgnoredEntries] = [:]
  package var repaired: [Repair] = []
  package var notes: [IntakeNote] = []

  package init() {}
}

/// Something a student did differently, and that was put right.
package enum Repair: Hashable, Sendable {
  /// The files were in this folder of the archive.
  case topFolder(ShownName)
  /// Files of one folder of the archive were meant for another of the assignment.
  case placed(folder: ShownName, into: ShownName)
  /// A single file was elsewhere.
  case moved(from: ShownName, to: RelativePath)
  /// The name differed in upper and lower case only.
  case renamed(from: ShownName, to: RelativePath)
  case macMetadata(count: UInt64)
  /// Names of files, or folders above them, that were read as the origin says.
  case names(EntryName.Origin, count: UInt64)
  /// The file's name promises another kind of archive.
  case wrongExtension(ShownName, ArchiveLayout)
}

/// Something worth knowing that changes nothing.
package enum IntakeNote: Hashable, Sendable {
  case archive(ArchiveNote)
  /// The archive holds this file more than once, always with the same content.
  case identicalCopies(RelativePath, count: Int)
  /// The files are also below another folder, which was not taken.
  case otherFolder(ShownName)
  /// The name of a required file was found, but several times or in no usable form.
  case notRepaired(RelativePath, places: [ShownName])
}

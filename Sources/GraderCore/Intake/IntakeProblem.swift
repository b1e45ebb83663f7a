/// The reason why an archive cannot be graded: a fact about it, never a sentence.
package enum IntakeProblem: Hashable, Sendable {
  /// It could not be read to its end.
  case unreadable(ReadFailure)
  /// The jailed reader did not survive it.
  case readerStopped(ReaderEnd)
  /// A listed file is something other than a readable regular file.
  case unusable(RelativePath, ArchiveEntry.Kind)
  /// One listed path, two contents; where they are in the archive.
  case conflictingCopies(RelativePath, places: [ShownName])
  /// A listed path is a file and, for other files, a folder.
  case fileAndFolder(RelativePath)
  /// A file is too big, or there are too many.
  case limit(IntakeLimits.Name, maximum: UInt64, reached: UInt64, RelativePath?)
  /// No file of the assignment is there.
  case nothingListed(found: Contents, expected: [Expectation])
  /// Files of another assignment than the one asked for.
  case otherAssignment(chosen: String, found: [String])
  /// It could be more than one assignment.
  case ambiguous([Expectation])

  /// The contents of an archive, for a student to recognize it by.
  package struct Contents: Hashable, Sendable {
    /// Some files, shallowest first.
    package var examples: [ShownName]
    package var entries: UInt64
    package var nestedArchives: [ShownName]
    package var unusableNames: [ShownName]

    package init(
      examples: [ShownName],
      entries: UInt64,
      nestedArchives: [ShownName],
      unusableNames: [ShownName]
    ) {
      self.examples = examples
      self.entries = entries
      self.nestedArchives = nestedArchives
      self.unusableNames = unusableNames
    }
  }

  /// An assignment and some of its files: those asked for, or those found.
  package struct Expectation: Hashable, Sendable {
    package var assignment: String
    package var files: [RelativePath]

    package init(assignment: String, files: [RelativePath]) {
      self.assignment = assignment
      self.files = files
    }
  }
}

/// The end of the reader's process, as the grader saw it.
package enum ReaderEnd: Hashable, Sendable {
  case exited(Int32)
  case signalled(Int32)
  case processorTime
  case wallClock
  case memory
}

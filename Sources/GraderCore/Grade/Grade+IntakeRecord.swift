extension Grade {
  /// The record of taking in the archive.
  package struct IntakeRecord: Codable, Equatable, Sendable {
    /// The format of the archive; null if that could not be told.
    @OrNull package var format: String?
    /// The files that were graded.
    package var kept: [KeptFile]
    /// The numbers of entries that were passed over, by reason.
    package var ignored: [String: Int]
    /// The repairs, in words for the student.
    package var repaired: [String]
    /// Required files that are not there.
    package var missing: [String]
    /// Further remarks on the archive.
    package var notes: [String]

    /// An archive of which nothing is known.
    package static let nothing = IntakeRecord(
      format: nil,
      kept: [],
      ignored: [:],
      repaired: [],
      missing: [],
      notes: []
    )

    /// These facts.
    package init(
      format: String?,
      kept: [KeptFile],
      ignored: [String: Int],
      repaired: [String],
      missing: [String],
      notes: [String]
    ) {
      self.format = format
      self.kept = kept
      self.ignored = ignored
      self.repaired = repaired
      self.missing = missing
      self.notes = notes
    }
  }

  /// A file that was graded.
  package struct KeptFile: Codable, Equatable, Sendable {
    /// Its path in the hand-in.
    package var path: String
    /// Its size.
    package var bytes: Int
    /// SHA-256 of its content.
    package var digest: String

    /// These facts.
    package init(path: String, bytes: Int, digest: String) {
      self.path = path
      self.bytes = bytes
      self.digest = digest
    }
  }
}

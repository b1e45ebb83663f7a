/// The reader's facts about an archive, from a process that is not trusted.
package struct ArchiveListing: Equatable, Sendable {
  /// Nil when the file was not recognized.
  package var layout: ArchiveLayout?
  /// Entries that could be listed files, in the order of the archive.
  package var candidates: [ArchiveEntry] = []
  /// The entries that could not.
  package var ignored: [IgnoredReason: IgnoredEntries] = [:]
  package var notes: [ArchiveNote] = []
  package var totals = ArchiveTotals()
  /// The reason why reading stopped before the end; nil when it did not.
  package var failure: ReadFailure?

  package init() {}
}

/// The counts made while reading.
package struct ArchiveTotals: Equatable, Sendable {
  package var packedBytes: UInt64 = 0
  /// Unpacked, kept or not; for a zip only what was looked into.
  package var streamedBytes: UInt64 = 0
  package var entries: UInt64 = 0
  package var folders: UInt64 = 0

  package init() {}
}

/// An entry that could be a listed file.
package struct ArchiveEntry: Equatable, Sendable {
  package var path: RelativePath
  package var origin: EntryName.Origin
  package var kind: Kind
  /// As the archive declares it.
  package var size: UInt64
  /// The content of a regular file; empty for all other kinds.
  package var content: [UInt8]

  package init(
    path: RelativePath,
    origin: EntryName.Origin = [],
    kind: Kind = .regular,
    size: UInt64 = 0,
    content: [UInt8] = []
  ) {
    self.path = path
    self.origin = origin
    self.kind = kind
    self.size = size
    self.content = content
  }

  package enum Kind: Hashable, Sendable {
    case regular
    /// A regular file above the limit for one file.
    case oversized
    case symbolicLink
    case hardLink
    case device
    case pipe
    case encrypted
    /// The data end early, do not unpack, or fail their checksum.
    case damaged
    /// A zip's table of contents calls it otherwise.
    case misnamed(ShownName)
  }
}

/// Something unusual that did not keep the archive from being read.
package enum ArchiveNote: Hashable, Sendable {
  /// Bytes follow the end of the archive; they were not looked at.
  case trailingData(bytes: UInt64)
  /// A tar without its closing blocks.
  case endMarkerMissing
  /// The library warned about an entry that is complete nevertheless.
  case warning(entry: ShownName, text: ShownName)
  /// Two names in a zip for one entry that is not listed.
  case namesDisagree(directory: ShownName, entry: ShownName)
  /// Entries of a zip share bytes.
  case overlappingEntries(count: UInt64)
}

/// The reason why an archive could not be read to its end.
package enum ReadFailure: Error, Hashable {
  case empty
  case notAnArchive(FileKind, inside: ArchiveLayout.Compression)
  case truncated(during: ShownName?)
  case damaged(ShownName, during: ShownName?)
  /// The zip's table of contents is encrypted.
  case encrypted
  case limit(IntakeLimits.Name, maximum: UInt64)
}

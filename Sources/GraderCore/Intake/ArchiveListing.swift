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
    /// It is packed by a method that is not read.
    case packed(PackingMethod)
    /// A zip's table of contents calls it otherwise.
    case misnamed(ShownName)

    /// All kinds that a number says.
    static let plain: [Self] =
      [
        .regular, .oversized, .symbolicLink, .hardLink, .device, .pipe, .encrypted, .damaged,
      ] + PackingMethod.allCases.map { .packed($0) }
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

/// The reason why an entry of an archive was read past.
package enum IgnoredReason: UInt8, CaseIterable, Sendable {
  /// Not among the files that the assignment asks for.
  case notListed
  /// The public tests, which the grader has itself.
  case tests
  /// A `Package.swift`; the grader uses its own.
  case manifest
  /// Leftovers of a build.
  case buildFolder
  case versionControl
  /// Files that macOS adds to a zip.
  case macMetadata
  /// Settings of an editor.
  case editorFolder
  case nestedArchive
  /// A symbolic or hard link.
  case link
  /// A device, pipe or socket.
  case device
  case encrypted
  case damaged
  /// Absolute, leaving its folder, or not printable.
  case unusableName
  /// The same place under another folder than the one that was taken, or a copy under another name.
  case otherCopy
  /// A file of another assignment.
  case otherAssignment

  /// The reason that the place alone gives; nil when it gives none.
  package init?(folderOf path: RelativePath) {
    for component in path.components {
      switch component {
      case ".build", "DerivedData", "__pycache__": self = .buildFolder
      case ".git", ".svn", ".hg": self = .versionControl
      case "__MACOSX", ".DS_Store": self = .macMetadata
      case ".swiftpm", ".vscode", ".idea": self = .editorFolder
      default: continue
      }
      return
    }
    guard path.name.hasPrefix("._") else { return nil }
    self = .macMetadata
  }

  /// The reason for an entry at no listed path.
  package init(unlisted path: RelativePath) {
    if let place = IgnoredReason(folderOf: path) {
      self = place
    } else if ArchiveEnding(of: path.name) != nil {
      self = .nestedArchive
    } else if path.name == "Package.swift" || path.name == "Package.resolved" {
      self = .manifest
    } else if path.folder.contains("Tests") {
      self = .tests
    } else {
      self = .notListed
    }
  }
}

/// The entries that were read past for one reason: their number, and some of them.
package struct IgnoredEntries: Equatable, Sendable {
  package private(set) var count: UInt64 = 0
  /// The first few, in the order of the archive.
  package private(set) var examples: [ShownName] = []

  /// As many as a report has room for.
  package static let maximumExamples = 3

  package init() {}

  init(count: UInt64, examples: [ShownName]) {
    self.count = count
    self.examples = Array(examples.prefix(Self.maximumExamples))
  }

  package mutating func add(_ name: ShownName) {
    count += 1
    if examples.count < Self.maximumExamples { examples.append(name) }
  }
}

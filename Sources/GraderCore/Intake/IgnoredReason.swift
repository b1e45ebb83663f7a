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
  /// The same place under another folder than the one that was taken.
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

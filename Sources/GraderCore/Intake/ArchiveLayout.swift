/// The structure of an archive: one of the formats that are read.
///
/// All that is known of a format stands in this file; the reader adds how a `Compression` unpacks.
package struct ArchiveLayout: Hashable, Sendable {
  package var container: Container
  package var compression: Compression

  package enum Container: UInt8, CaseIterable, Sendable { case tar, zip }

  /// The compression of the whole file; a zip packs each entry by itself.
  package enum Compression: UInt8, CaseIterable, Sendable { case none, gzip, xz }

  package init(_ container: Container, _ compression: Compression) {
    self.container = container
    self.compression = compression
  }

  /// All formats, in the order in which people are told of them.
  package static let all =
    Compression.allCases.filter { $0 != .none }.map { ArchiveLayout(.tar, $0) }
    + [ArchiveLayout(.tar, .none), ArchiveLayout(.zip, .none)]

  /// Endings of names, the usual one first.
  package var endings: [String] {
    switch (container, compression) {
    case (.zip, _): [".zip"]
    case (.tar, .none): [".tar"]
    case (.tar, .gzip): [".tar.gz", ".tgz"]
    case (.tar, .xz): [".tar.xz", ".txz"]
    }
  }
}

extension ArchiveLayout: CustomStringConvertible {
  /// As an ending of a file name.
  package var description: String { endings[0] }
}

extension ArchiveLayout.Compression {
  /// The look of the first bytes of a tar that is packed so.
  private var kind: FileKind {
    switch self {
    case .none: .tar
    case .gzip: .gzip
    case .xz: .xz
    }
  }

  /// The layout of a tar whose first bytes look like this; nil if it is none that is read.
  package init?(tarOf kind: FileKind) {
    guard let match = Self.allCases.first(where: { $0.kind == kind }) else { return nil }
    self = match
  }

  /// The ending of a single file that is packed so.
  fileprivate var ending: String? {
    switch self {
    case .none: nil
    case .gzip: ".gz"
    case .xz: ".xz"
    }
  }
}

/// An ending of file names that speaks of an archive, or of a packed file.
package struct ArchiveEnding: Sendable {
  /// In lower case, with its dot.
  package let text: String
  /// The kind that a file of such a name is expected to be.
  package let promise: Promise

  package enum Promise: Equatable, Sendable {
    case archive(ArchiveLayout)
    /// An archive of a format that is not read.
    case otherArchive
    /// One packed file; no compression if it is none that is read.
    case packedFile(ArchiveLayout.Compression?)
  }

  /// The ending of a file's name; nil if that does not speak of archives.
  package init?(of name: some StringProtocol) {
    let name = name.lowercased()
    guard let ending = Self.all.first(where: { name.hasSuffix($0.text) }) else { return nil }
    self = ending
  }

  private init(_ text: String, _ promise: Promise) {
    self.text = text
    self.promise = promise
  }

  /// True if it speaks of several files in one.
  package var isArchive: Bool {
    switch promise {
    case .archive, .otherArchive: true
    case .packedFile: false
    }
  }

  /// The longer before those that they end in.
  private static let all: [ArchiveEnding] =
    ArchiveLayout.all.flatMap { layout in
      layout.endings.map { ArchiveEnding($0, .archive(layout)) }
    }
    + [".tar.bz2", ".tbz2", ".tar.zst", ".7z", ".rar"].map { ArchiveEnding($0, .otherArchive) }
    + ArchiveLayout.Compression.allCases.compactMap { compression in
      compression.ending.map { ArchiveEnding($0, .packedFile(compression)) }
    }
    + [".bz2", ".zst"].map { ArchiveEnding($0, .packedFile(nil)) }
}

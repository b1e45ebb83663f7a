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

/// A method of packing an entry of a zip that is not read.
package enum PackingMethod: UInt8, CaseIterable, Sendable {
  case shrink, reduce, implode, deflate64, bzip2, lzma, zstandard, xz, ppmd, other

  /// The method by its number in zips; nil if it is read: as it is, and Deflate.
  package init?(number: UInt64) {
    switch number {
    case 0, 8: return nil
    case 1: self = .shrink
    case 2...5: self = .reduce
    case 6, 10: self = .implode
    case 9: self = .deflate64
    case 12: self = .bzip2
    case 14: self = .lzma
    case 20, 93: self = .zstandard
    case 95: self = .xz
    case 98: self = .ppmd
    default: self = .other
    }
  }

  /// The name that zip programs show.
  package var name: String {
    switch self {
    case .shrink: "Shrink"
    case .reduce: "Reduce"
    case .implode: "Implode"
    case .deflate64: "Deflate64"
    case .bzip2: "bzip2"
    case .lzma: "LZMA"
    case .zstandard: "Zstandard"
    case .xz: "xz"
    case .ppmd: "PPMd"
    case .other: "an unknown method"
    }
  }
}

/// The look of a file that is no archive that can be read.
package enum FileKind: UInt8, CaseIterable, Sendable {
  case unknown
  case swiftSource
  case text
  case html
  case pdf
  case rar
  case sevenZip
  case bzip2
  case zstandard
  case lzip
  case lzma
  case lz4
  case compress
  case cpio
  case executable
  case image
  case officeDocument
  /// A packed tar where another packed file was expected, as in gzip within gzip.
  case gzip
  case xz
  case zip
  case tar

  /// Judges by the first bytes; names never count.
  ///
  /// - Parameter head: The first 512 bytes, or all when there are fewer.
  package init(head: [UInt8]) {
    if let known = Self.signatures.first(where: { Self.begins(head, $0.at, $0.bytes) }) {
      self = known.kind
    } else if Self.isOldTar(head) {
      self = .tar
    } else {
      self = FileKind(text: head)
    }
  }

  private typealias Signature = (kind: FileKind, at: Int, bytes: [UInt8])

  private static let signatures: [Signature] = [
    (.gzip, 0, [0x1F, 0x8B]), (.xz, 0, [0xFD] + Array("7zXZ".utf8) + [0]),
    (.zip, 0, Array("PK".utf8) + [3, 4]), (.zip, 0, Array("PK".utf8) + [5, 6]),
    (.zip, 0, Array("PK".utf8) + [7, 8]), (.tar, 257, Array("ustar".utf8)),
    (.pdf, 0, Array("%PDF".utf8)), (.rar, 0, Array("Rar!".utf8) + [0x1A, 7]),
    (.sevenZip, 0, Array("7z".utf8) + [0xBC, 0xAF, 0x27, 0x1C]), (.bzip2, 0, Array("BZh".utf8)),
    (.zstandard, 0, [0x28, 0xB5, 0x2F, 0xFD]), (.lzip, 0, Array("LZIP".utf8)),
    (.lzma, 0, [0x5D, 0, 0]), (.lz4, 0, [0x04, 0x22, 0x4D, 0x18]), (.compress, 0, [0x1F, 0x9D]),
    (.cpio, 0, Array("0707".utf8)), (.executable, 0, [0x7F] + Array("ELF".utf8)),
    (.executable, 0, Array("MZ".utf8)), (.executable, 0, [0xCF, 0xFA, 0xED, 0xFE]),
    (.image, 0, [0x89] + Array("PNG".utf8)), (.image, 0, [0xFF, 0xD8, 0xFF]),
    (.image, 0, Array("GIF8".utf8)), (.image, 4, Array("ftyphei".utf8)),
    (.officeDocument, 0, [0xD0, 0xCF, 0x11, 0xE0]),
  ]

  private static func begins(_ head: [UInt8], _ offset: Int, _ bytes: [UInt8]) -> Bool {
    head.count >= offset + bytes.count && head[offset...].starts(with: bytes)
  }

  /// Tells whether a 512-byte block carries the checksum of a tar from before `ustar`.
  private static func isOldTar(_ head: [UInt8]) -> Bool {
    guard head.count >= 512 else { return false }
    // An archive of nothing is only its closing blocks.
    if head.allSatisfy({ $0 == 0 }) { return true }
    let field = head[148..<156].drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
    guard !field.isEmpty else { return false }
    let stored = field.reduce(0) { $0 * 8 + Int($1 - 0x30) }
    let sum = head[..<512].reduce(0) { $0 + Int($1) }
    let blanked = head[148..<156].reduce(sum) { $0 - Int($1) + 0x20 }
    return blanked == stored
  }

  private init(text head: [UInt8]) {
    // The last character may be cut in two by the end of the window.
    guard !head.contains(0),
      let text = (0...3).lazy.compactMap({ cut in
        String(validating: head.dropLast(cut), as: UTF8.self)
      }).first(where: { !$0.isEmpty })
    else {
      self = .unknown
      return
    }
    let lowered = text.lowercased()
    if lowered.contains("<html") || lowered.contains("<!doctype html") {
      self = .html
    } else if ["import ", "func ", "struct ", "public ", "let "].contains(where: text.contains) {
      self = .swiftSource
    } else {
      self = .text
    }
  }
}

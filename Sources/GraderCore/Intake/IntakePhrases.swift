extension FileKind {
  /// The words for the file, to be read after "is".
  var phrase: String {
    switch self {
    case .unknown: "not an archive of a kind that can be read"
    case .swiftSource: "a single Swift file, not an archive"
    case .text: "a text file, not an archive"
    case .html: "a web page, not an archive"
    case .pdf: "a PDF document, not an archive"
    case .rar: "a RAR archive, which is not accepted"
    case .sevenZip: "a 7z archive, which is not accepted"
    case .bzip2: packed(with: "bzip2")
    case .zstandard: packed(with: "Zstandard")
    case .lzip: packed(with: "lzip")
    case .lzma: packed(with: "lzma")
    case .lz4: packed(with: "LZ4")
    case .compress: packed(with: "compress")
    case .cpio: "a cpio archive, which is not accepted"
    case .executable: "a program, not an archive"
    case .image: "a picture, not an archive"
    case .officeDocument: "an office document, not an archive"
    case .gzip: packed(with: "gzip")
    case .xz: packed(with: "xz")
    case .zip: "a zip archive, packed once more"
    case .tar: "a tar archive"
    }
  }

  /// A packed tar is only met here when it is in another one.
  private func packed(with program: String) -> String {
    let isRead = ArchiveLayout.Compression(tarOf: self) != nil
    return "packed with \(program)\(isRead ? " once more" : ", which is not accepted")"
  }

  /// The advice for a student who handed in such a file.
  var advice: String {
    switch self {
    case .swiftSource, .pdf, .text, .image, .officeDocument:
      "Put it into your assignment folder, pack the folder as .tar.gz or .zip, and upload that."
    case .html:
      "It was probably saved from a browser; pack your assignment folder as .tar.gz or .zip and "
        + "upload that."
    default: "Pack your assignment folder as .tar.gz or .zip and upload that."
    }
  }
}

extension ArchiveEntry.Kind {
  /// The words for the entry, to be read after "is".
  var phrase: String {
    switch self {
    case .regular: "a file"
    case .oversized: "too large"
    case .symbolicLink: "a symbolic link"
    case .hardLink: "a hard link"
    case .device: "a device"
    case .pipe: "a pipe"
    case .encrypted: "encrypted"
    case .damaged: "damaged"
    case .misnamed: "a file with two names"
    case .packed(let method): "packed with \(method.name), which is not read"
    }
  }
}

extension IgnoredReason {
  /// The words for the entries, for one and for several.
  var phrase: (one: String, many: String) {
    switch self {
    case .notListed: ("file that is not asked for", "files that are not asked for")
    case .tests: ("test", "files with tests")
    case .manifest: ("package manifest", "package manifests")
    case .buildFolder: ("file left by a build", "files left by a build")
    case .versionControl: ("file of version control", "files of version control")
    case .macMetadata: ("file that macOS adds", "files that macOS adds")
    case .editorFolder: ("file of an editor", "files of an editor")
    case .nestedArchive: ("archive inside the archive", "archives inside the archive")
    case .link: ("link", "links")
    case .device: ("device or pipe", "devices or pipes")
    case .encrypted: ("encrypted file", "encrypted files")
    case .damaged: ("damaged file", "damaged files")
    case .unusableName: ("name that cannot be used", "names that cannot be used")
    case .otherCopy: ("file of another copy", "files of other copies")
    case .otherAssignment: ("file of another assignment", "files of other assignments")
    }
  }
}

extension IntakeText {
  /// `1.5 MiB`, with one digit behind the point where it is not 0.
  static func bytes(_ count: UInt64) -> String {
    let units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    guard count >= 1024 else { return count == 1 ? "1 byte" : "\(count) bytes" }
    var unit = 0
    var size = count
    var rest: UInt64 = 0
    while size >= 1024, unit < units.count {
      rest = size % 1024
      size /= 1024
      unit += 1
    }
    let tenth = rest * 10 / 1024
    return (tenth == 0 ? "\(size) " : "\(size).\(tenth) ") + units[unit - 1]
  }

  /// `50,000`.
  static func grouped(_ number: UInt64) -> String {
    var digits = Array(String(number))
    for position in stride(from: digits.count - 3, to: 0, by: -3) {
      digits.insert(",", at: position)
    }
    return String(digits)
  }

  /// `a, b and c`.
  package static func list(_ items: [String], _ conjunction: String = "and") -> String {
    guard items.count > 1, let last = items.last else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}

import ClassCore
import Foundation
import GraderRuntime

/// The files below a folder; links are never followed.
struct FolderListing: Sendable {
  /// The folder.
  let root: String
  /// Sizes by paths below the folder, in characters.
  private(set) var files: [String: UInt64] = [:]
  /// The reasons why something that is there cannot be read, by its path.
  private(set) var blocked: [String: String] = [:]
  /// Findings on entries that are there and have no place in the listing.
  private(set) var unusable: [Oddity] = []

  /// The places of files whose names are no UTF-8, as those that a Japanese Windows packed and
  /// Linux unpacked.
  private var places: [String: [UInt8]] = [:]
  private let excluded: String?

  private static let deepest = 32

  /// Lists a folder; one folder below it may be left out.
  init(_ root: String, excluding excluded: String?) {
    self.root = Files.real(root)
    self.excluded = excluded.map(Files.real)
    walk(Folder(path: "", place: Array(self.root.utf8)), depth: 0)
  }

  /// The place of a file in the file system, unless its name has no characters.
  func place(of path: String) -> String? { places[path] == nil ? "\(root)/\(path)" : nil }

  /// The content of a file; nil if it cannot be read.
  func content(of path: String) -> [UInt8]? {
    guard let place = places[path] else {
      return (try? Data(contentsOf: URL(filePath: "\(root)/\(path)"))).map { [UInt8]($0) }
    }
    let descriptor = open(place.map(CChar.init(bitPattern:)) + [0], O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    return (try? file.readToEnd()).map { [UInt8]($0) } ?? nil
  }

  // MARK: Walking

  private struct Folder {
    /// Below the root, in characters.
    var path: String
    /// From the root of the file system, in bytes.
    var place: [UInt8]

    func inner(_ name: String, bytes: [UInt8]) -> Folder {
      Folder(path: path.isEmpty ? name : "\(path)/\(name)", place: place + [0x2F] + bytes)
    }
  }

  private mutating func walk(_ folder: Folder, depth: Int) {
    guard let names = Self.names(in: folder.place) else {
      // As a file in it, since a folder is of the student whose name it has.
      blocked["\(folder.path)/*"] = "the folder cannot be opened"
      return
    }
    for bytes in names {
      let name = Self.text(of: bytes)
      let entry = folder.inner(name, bytes: bytes)
      var status = stat()
      guard lstat(entry.place.map(CChar.init(bitPattern:)) + [0], &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR where "\(root)/\(entry.path)" == excluded: continue
      case S_IFREG: add(entry, size: UInt64(max(0, status.st_size)))
      case S_IFDIR where FileNames.isNeverGraded(folder: name):
        // Enough to tell a repository; builds hold thousands of files.
        if name == ".git" { files["\(entry.path)/HEAD"] = 0 }
      case S_IFDIR where depth < Self.deepest: walk(entry, depth: depth + 1)
      case S_IFDIR: leaveOut(entry.path, "it is too deep")
      case S_IFLNK: leaveOut(entry.path, "it is a link")
      default: leaveOut(entry.path, "it is no file")
      }
    }
  }

  private mutating func add(_ entry: Folder, size: UInt64) {
    // `é` may be one character or two, and is the same to a reader.
    guard files[entry.path] == nil else {
      unusable.append(
        .unusable(path: entry.path, reason: "another file's name looks the same, and counts")
      )
      return
    }
    files[entry.path] = size
    if entry.place != Array("\(root)/\(entry.path)".utf8) { places[entry.path] = entry.place }
  }

  private mutating func leaveOut(_ path: String, _ reason: String) {
    blocked[path] = reason
  }

  /// The names in a folder, sorted; nil if it cannot be opened.
  private static func names(in place: [UInt8]) -> [[UInt8]]? {
    guard let stream = opendir(place.map(CChar.init(bitPattern:)) + [0]) else { return nil }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// A name in characters: UTF-8, else the code page of Windows that gives words, else bytes by
  /// number.
  private static func text(of name: [UInt8]) -> String {
    if let text = String(validating: name, as: UTF8.self) { return text }
    if let text = TextEncoding.text(of: Data(name))?.text, !text.contains("/") { return text }
    return name.map { byte in
      let hex = String(byte, radix: 16, uppercase: true)
      return byte < 0x80 ? String(Unicode.Scalar(byte)) : "%\(hex)"
    }.joined()
  }
}

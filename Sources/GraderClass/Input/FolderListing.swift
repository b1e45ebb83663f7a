import ClassCore
import Foundation
import GraderCore
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
  /// The names of bare repositories directly in the folder, which are no files of anybody's.
  private var clones: [String] = []
  /// The files of commits, by their paths.
  private(set) var blobs: [String: Blob] = [:]

  private static let deepest = 32

  /// Lists a folder; one folder below it may be left out.
  init(_ root: String, excluding excluded: String?) {
    self.root = Files.real(root)
    self.excluded = excluded.map(Files.real)
    walk(Folder(path: "", place: Array(self.root.utf8)), depth: 0)
  }

  /// The place of a file in the file system, unless its name has no characters.
  func place(of path: String) -> String? {
    places[path] == nil && blobs[path] == nil ? "\(root)/\(path)" : nil
  }

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
      case S_IFDIR where folder.path.isEmpty && BareClone.isOne("\(root)/\(name)"):
        clones.append(name)
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

  // MARK: Commits

  /// A file of a commit.
  struct Blob: Sendable {
    let clone: BareClone
    let file: BareClone.File
  }

  /// Lists the commits that count of bare repositories.
  ///
  /// What nothing certain can be said of is blocked, and so open: a commit that is not there, and
  /// a work tree, whose files may be those of another commit.
  mutating func take(_ list: CommitList?, machine: Machine) throws(GraderFault) {
    let others = Set(
      (Array(files.keys) + blocked.keys).compactMap { $0.split(separator: "/").first }
    )
    for name in clones {
      let short = CommitList.name(name)
      let unit = others.contains(Substring(short)) ? name : short
      guard let commit = list?[short]?.commit else {
        blocked["\(unit)/*"] = "it is a bare repository; name the commit that counts in --commits"
        continue
      }
      let clone = try BareClone("\(root)/\(name)", machine: machine)
      switch try clone.files(at: commit) {
      case .success(let files): for file in files { add(file, of: clone, in: unit) }
      case .failure(let problem): blocked["\(unit)/*"] = "its bare repository \(problem.text)"
      }
    }
    let known = Set(clones.map(CommitList.name))
    for unit in others.map(String.init) where list?[CommitList.name(unit)]?.commit != nil {
      guard !known.contains(CommitList.name(unit)) else { continue }
      for path in files.keys where path.hasPrefix("\(unit)/") { files[path] = nil }
      blocked["\(unit)/*"] = "a commit is read from a bare repository, and this is none"
    }
    for (name, row) in list?.rows ?? [:] where row.commit != nil && !known.contains(name) {
      guard !others.contains(where: { CommitList.name(String($0)) == name }) else { continue }
      blocked["\(name)/*"] = "the list of commits names it, and it is not there"
    }
  }

  private mutating func add(_ file: BareClone.File, of clone: BareClone, in unit: String) {
    let path = "\(unit)/\(Self.text(of: file.path))"
    guard RelativePath(path) != nil else {
      unusable.append(.unusable(path: path, reason: "its name leaves the folder"))
      return
    }
    let names = path.split(separator: "/").dropLast()
    guard !names.contains(where: { FileNames.isNeverGraded(folder: $0) }) else { return }
    switch file.kind {
    case .link: leaveOut(path, "it is a link")
    case .repository: leaveOut(path, "it is a repository of its own")
    case .file where file.size > UInt64(HandIn.maximumFileBytes) && FileNames.isAnswer(path):
      leaveOut(path, "it is larger than a hand-in may be")
    case .file:
      files[path] = file.size
      blobs[path] = Blob(clone: clone, file: file)
    }
  }

  /// Hands out the contents of some files; nil where one cannot be read.
  func read(
    _ paths: [String],
    _ body: (String, [UInt8]?) throws(GraderFault) -> Void
  ) throws(GraderFault) {
    var rest = paths.filter { blocked[$0] == nil }[...]
    while let first = rest.first {
      guard let clone = blobs[first]?.clone else {
        try body(first, content(of: first))
        rest = rest.dropFirst()
        continue
      }
      // Git is asked once for what is of one repository.
      let own = rest.prefix { blobs[$0]?.clone === clone }
      rest = rest.dropFirst(own.count)
      var place = own.startIndex
      try clone.read(own.compactMap { blobs[$0]?.file }) { (_, bytes) throws(GraderFault) in
        try body(own[place], bytes)
        place += 1
      }
    }
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

import Foundation

/// The files of an assignment folder that go into the archive, and what speaks against them.
struct Contents {
  struct File {
    /// Relative to the folder, separated by slashes.
    let path: String
    let bytes: Int
  }

  private(set) var files: [File] = []
  /// The reasons why nothing can be packed.
  private(set) var problems: [String] = []
  /// Remarks that the student should read although the files are packed.
  private(set) var remarks: [Remark] = []

  struct Remark {
    let path: String
    let line: Int?
    let text: String
  }

  private let folder: URL

  init(of folder: URL, listedIn list: HandInList) {
    self.folder = folder
    for path in list.required { addRequired(path) }
    for path in paths(below: "") where list.lists(path) && !list.required.contains(path) {
      add(path)
    }
    if files.count > HandInList.maximumFiles {
      problems.append("\(files.count) files; at most \(HandInList.maximumFiles) can be handed in")
    }
  }

  private mutating func addRequired(_ path: String) {
    // Links are refused on the way too: what they lead to may lie anywhere.
    let names = path.split(separator: "/")
    for count in 1..<max(1, names.count) {
      let parent = names.prefix(count).joined(separator: "/")
      guard kind(of: parent) != .typeSymbolicLink else {
        let problem = "\(parent) is a link; put the folder itself there"
        return problems.contains(problem) ? () : problems.append(problem)
      }
    }
    guard kind(of: path) != nil else {
      return problems.append("\(path) is missing; handin.txt requires it")
    }
    add(path)
  }

  private mutating func add(_ path: String) {
    switch kind(of: path) {
    case .typeRegular: break
    case .typeSymbolicLink:
      return problems.append("\(path) is a link; put the file itself there")
    default: return problems.append("\(path) is not a file")
    }
    guard let content = try? Data(contentsOf: folder.appending(path: path)) else {
      return problems.append("\(path) cannot be read")
    }
    guard content.count <= HandInList.maximumFileBytes else {
      let limit = HandInList.maximumFileBytes
      return problems.append("\(path) has \(content.count) bytes; at most \(limit) are accepted")
    }
    files.append(File(path: path, bytes: content.count))
    let lines = String(decoding: content, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    if path.hasSuffix(".swift") {
      let code = lines.map { line in
        line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
      }
      remark(on: "throw NotImplemented(", in: code, "function", "implemented", at: path)
    } else {
      let text = Self.withoutComments(lines)
      remark(on: "*(your answer)*", in: text, "answer", "written", at: path)
    }
  }

  /// The lines of a Markdown file, those of its comments empty.
  private static func withoutComments(_ lines: [Substring]) -> [Substring] {
    var isInside = false
    return lines.map { line in
      if line.hasPrefix("<!--") { isInside = true }
      defer { if line.contains("-->") { isInside = false } }
      return isInside ? "" : line
    }
  }

  /// Says how much of a handout's file is as it was given.
  private mutating func remark(
    on placeholder: String,
    in lines: [Substring],
    _ thing: String,
    _ done: String,
    at path: String
  ) {
    let found = lines.indices.filter { lines[$0].contains(placeholder) }
    guard let first = found.first else { return }
    let things = found.count == 1 ? "1 \(thing)" : "\(found.count) \(thing)s"
    let text = "\(path): \(things) not \(done) yet; packed as it is"
    remarks.append(Remark(path: path, line: first + 1, text: text))
  }

  /// Paths that patterns may match, sorted; links are listed but never followed.
  private func paths(below parent: String) -> [String] {
    let url = parent.isEmpty ? folder : folder.appending(path: parent)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().flatMap { name in
      let path = parent.isEmpty ? name : "\(parent)/\(name)"
      return kind(of: path) == .typeDirectory ? paths(below: path) : [path]
    }
  }

  /// The kind of the file itself, not of what it links to; nil when there is none.
  private func kind(of path: String) -> FileAttributeType? {
    let file = folder.appending(path: path).path
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    return attributes?[.type] as? FileAttributeType
  }
}

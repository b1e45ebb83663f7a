import Foundation

/// An assignment's folder as it will be packed, and what speaks against that.
struct Folder {
  struct File {
    /// The path in the folder.
    let path: RelativePath
    let content: Data
  }

  let url: URL
  let list: HandIn
  /// The files that are handed in: the required ones in the order of the list, then the others.
  private(set) var files: [File] = []
  /// The reasons why nothing can be packed.
  private(set) var problems: [Problem] = []

  /// Looks at all that the folder's `handin.txt` lists.
  init(_ url: URL) throws(ToolFailure) {
    self.url = url
    guard let text = try? String(contentsOf: url.appending(path: "handin.txt"), encoding: .utf8)
    else {
      throw ToolFailure(
        text:
          "there is no handin.txt that can be read in \(url.path); copy it there from the handout"
      )
    }
    do {
      list = try HandIn(parsing: text)
    } catch {
      throw ToolFailure(text: "\(error)")
    }
    let all = paths(below: "")
    for path in list.required { addRequired(path, among: all) }
    for name in all { addOther(name) }
    if files.count > HandIn.maximumFiles {
      let text = "\(files.count) files; at most \(HandIn.maximumFiles) can be handed in"
      problems.append(Problem(severity: .error, path: "handin.txt", text: text))
    }
  }

  private mutating func refuse(_ path: String, _ text: String) {
    problems.append(Problem(severity: .error, path: path, text: "\(path) \(text)"))
  }

  // MARK: Required files

  private mutating func addRequired(_ path: RelativePath, among all: [String]) {
    if let link = linkAbove(path) {
      let isKnown = problems.contains { $0.path == link }
      return isKnown ? () : refuse(link, "is a link; put the folder itself there")
    }
    guard kind(of: path.string) != nil else {
      let near = all.first { isNear($0, path) }
      let advice =
        near.map { "; rename \($0), if that is it" }
        ?? ". Put it there; the handout has it as it was before your work"
      return refuse(path.string, "is missing; handin.txt requires it\(advice)")
    }
    add(path)
  }

  /// A link on the way to a file: what it leads to may lie anywhere.
  private func linkAbove(_ path: RelativePath) -> String? {
    path.folder.indices.map { path.components[...$0].joined(separator: "/") }
      .first { kind(of: $0) == .typeSymbolicLink }
  }

  /// Tells whether the name of one path is nearly that of a missing file.
  private func isNear(_ name: String, _ missing: RelativePath) -> Bool {
    guard let path = RelativePath(name), !list.required.contains(path) else { return false }
    return NearName(path.name, of: ListedName(missing.name)) != nil
  }

  // MARK: Other files

  private mutating func addOther(_ name: String) {
    guard let path = RelativePath(name) else {
      // What cannot be a path matches no pattern, and would be left behind without a word.
      if list.patterns.contains(where: { name.hasSuffix($0.suffix) }) {
        refuse(ShownPath.text(of: name), "has a name that cannot be handed in; rename it")
      }
      return
    }
    guard list.lists(path), !list.required.contains(path) else { return }
    // `é` may be one character or two: two files, which no reader of the archive tells apart.
    guard !files.contains(where: { $0.path == path }) else {
      return refuse(path.string, "has a name that looks like another file's; rename one of them")
    }
    let count = files.count
    add(path)
    guard files.count > count, let own = original(of: files[count]) else { return }
    files.removeLast()
    refuse(path.string, "repeats \(own), and would be left out; remove it, or rename what is yours")
  }

  /// The required file that another one is a copy of, by its name and by what it declares.
  private func original(of file: File) -> RelativePath? {
    let near = list.requiredFile(near: file.path) ?? list.requiredFile(named: file.path.name)
    guard let near, let own = files.first(where: { $0.path == near.file }) else { return nil }
    let names = [own, file].map { FunctionNames(Array($0.content)).all }
    let isCopy = own.content == file.content || !names[0].isDisjoint(with: names[1])
    return isCopy ? own.path : nil
  }

  // MARK: Files

  private mutating func add(_ path: RelativePath) {
    switch kind(of: path.string) {
    case .typeRegular: break
    case .typeSymbolicLink: return refuse(path.string, "is a link; put the file itself there")
    case nil: return refuse(path.string, "has a name whose bytes are no letters; rename it")
    default: return refuse(path.string, "is not a file")
    }
    let file = url.appending(path: path.string)
    // Asked before it is read: it may be larger than memory.
    let size = (try? FileManager.default.attributesOfItem(atPath: file.path))?[.size] as? Int
    guard (size ?? 0) <= HandIn.maximumFileBytes else {
      let limit = HandIn.maximumFileBytes
      return refuse(path.string, "has \(size ?? 0) bytes; at most \(limit) are accepted")
    }
    guard let content = try? Data(contentsOf: file) else {
      return refuse(path.string, "cannot be read; allow it, or save it anew from your editor")
    }
    files.append(File(path: path, content: content))
  }

  /// Paths that patterns may match, sorted; links are listed but never followed.
  private func paths(below parent: String) -> [String] {
    let place = parent.isEmpty ? url : url.appending(path: parent)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().flatMap { name in
      let path = parent.isEmpty ? name : "\(parent)/\(name)"
      return kind(of: path) == .typeDirectory ? paths(below: path) : [path]
    }
  }

  /// The kind of the file itself, not of what it links to; nil when there is none.
  private func kind(of path: String) -> FileAttributeType? {
    let file = url.appending(path: path).path
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    return attributes?[.type] as? FileAttributeType
  }
}

/// The reason why a command cannot do its work at all.
struct ToolFailure: Error {
  let text: String
}

/// A file's name that cannot be a path, made fit for one line.
enum ShownPath {
  static func text(of name: String) -> String {
    name.unicodeScalars.map { scalar in
      scalar.isVisible ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
    }.joined()
  }
}

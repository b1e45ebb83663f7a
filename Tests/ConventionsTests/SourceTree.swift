import Foundation

/// The text files of a repository; what builds leave behind is not seen.
struct SourceTree: Sendable {
  /// Texts by path from the root.
  var files: [String: String]
  /// Names at the root.
  var topLevel: [String]
  /// Symbolic links, and what they say.
  var links: [String: String]

  /// A tree that exists nowhere.
  init(_ files: [String: String], links: [String: String] = [:]) {
    self.files = files
    self.links = links
    topLevel = Set((Array(files.keys) + Array(links.keys)).map(Self.first)).sorted()
  }

  private static func first(of path: String) -> String {
    String(path.prefix { $0 != "/" })
  }

  /// Names that the version control ignores.
  private static let ignored: Set = [".git", ".swiftpm", "__pycache__", "Package.resolved"]

  private static func isIgnored(_ name: String) -> Bool {
    ignored.contains(name) || name.hasPrefix(".build") || name.hasSuffix(".xcodeproj")
  }

  /// The repository that this file belongs to.
  static let repository: SourceTree = {
    let here = URL(filePath: #filePath)
    let root = (0..<3).reduce(here) { url, _ in url.deletingLastPathComponent() }.path
    var tree = SourceTree([:])
    tree.topLevel = names(in: root).filter { !isIgnored($0) }
    tree.read(root, below: "")
    return tree
  }()

  private static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  private mutating func read(_ root: String, below folder: String) {
    for name in Self.names(in: "\(root)/\(folder)") where !Self.isIgnored(name) {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      let full = "\(root)/\(path)"
      var isFolder: ObjCBool = false
      if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: full) {
        links[path] = target
      } else if FileManager.default.fileExists(atPath: full, isDirectory: &isFolder),
        isFolder.boolValue
      {
        read(root, below: path)
      } else if let text = try? String(contentsOfFile: full, encoding: .utf8) {
        files[path] = text
      }
    }
  }

  /// Swift files below a folder.
  func swiftFiles(below folder: String = "") -> [(path: String, text: String)] {
    files.filter { $0.key.hasPrefix(folder) && $0.key.hasSuffix(".swift") }
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// The modules that a Swift file imports.
enum Imports {
  static func modules(in text: String) -> [String] {
    // A name after attributes, an access level and a kind of declaration.
    let pattern =
      #/
        ^\s*(?:@\w+(?:\([^)]*\))?\s+)*
        (?:(?:public|package|internal|private|fileprivate)\s+)?
        import\s+
        (?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?
        (\w+)
      /#
    return text.utf8.split(separator: UInt8(ascii: "\n")).compactMap { bytes in
      // Quickly seen, and true of few lines.
      guard bytes.contains(UInt8(ascii: "i")), Substring(bytes).contains("import ") else {
        return nil
      }
      return Substring(bytes).firstMatch(of: pattern).map { String($0.1) }
    }
  }
}

import Foundation
import GraderCore

/// The files of a finished artefact and their digests, so that damage is seen before it is used.
struct Manifest: Sendable {
  /// A file or a link of the artefact.
  private struct Entry {
    var path: String
    /// SHA-256 of a file, or the target of a link behind an arrow.
    var content: String
  }

  private let entries: [Entry]

  /// The compiler dates this one, and nobody reads what is in it.
  private static let changing = "modules.timestamp"

  /// The manifest of all that is in a folder now, but for the file that will hold the manifest.
  init(of folder: String, besides name: String) throws(GraderFault) {
    let paths: [String]
    do {
      paths = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    } catch {
      throw GraderFault(.cannot(.read, folder, .init(error)))
    }
    var entries: [Entry] = []
    for path in paths where path != name && (path as NSString).lastPathComponent != Self.changing {
      guard let content = try Self.content(of: "\(folder)/\(path)") else { continue }
      entries.append(Entry(path: path, content: content))
    }
    self.entries = entries
  }

  /// The manifest that a text holds; nil if the text is not as it was written.
  init?(_ text: String) {
    let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard lines.count == 2, Digest.hex(of: Array(lines[1].utf8)) == lines[0] else { return nil }
    entries = lines[1].split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "\t", maxSplits: 1)
      return fields.count == 2 ? Entry(path: "\(fields[1])", content: "\(fields[0])") : nil
    }
  }

  /// Its text, which begins with the digest of the rest.
  var text: String {
    let rest = entries.map { "\($0.content)\t\($0.path)\n" }.joined()
    return "\(Digest.hex(of: Array(rest.utf8)))\n\(rest)"
  }

  /// Reads everything, and tells whether it is as it was.
  func holds(in folder: String) -> Bool {
    entries.allSatisfy { (try? Self.content(of: "\(folder)/\($0.path)")) == $0.content }
  }

  /// A digest over the facts of all files that change with any write to them; nil if one is gone.
  func stamp(of folder: String) -> String? {
    var digest = Digest()
    for entry in entries {
      var facts = stat()
      guard lstat("\(folder)/\(entry.path)", &facts) == 0 else { return nil }
      digest.add(
        field: "\(facts.st_ino) \(facts.st_size) \(facts.st_mtim.tv_sec).\(facts.st_mtim.tv_nsec) "
          + "\(facts.st_ctim.tv_sec).\(facts.st_ctim.tv_nsec)"
      )
      digest.add(field: entry.content)
    }
    return digest.hex()
  }

  /// The content of a file or link; nil for anything else.
  private static func content(of path: String) throws(GraderFault) -> String? {
    var facts = stat()
    guard lstat(path, &facts) == 0 else { throw GraderFault(.cannot(.read, path, .last)) }
    switch facts.st_mode & S_IFMT {
    case S_IFREG:
      var digest = Digest()
      try digest.add(contentOf: path)
      return digest.hex()
    case S_IFLNK:
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
      return "-> \(target ?? "")"
    default: return nil
    }
  }
}

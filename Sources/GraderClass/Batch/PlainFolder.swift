package import ClassCore
import Foundation
import Gradebook
package import GraderRuntime

/// A folder of archives, each named for its student.
package struct PlainFolder: Sendable {
  /// An attempt for each archive.
  package let attempts: [Attempt]
  /// What lies among them and is no archive.
  package let notes: [String]

  private static let endings = [".tar.gz", ".tar.xz", ".tgz", ".txz", ".tar", ".zip"]

  /// The archives of a folder, by name.
  ///
  /// - Throws: `GraderFault` when there is no such folder.
  package init(_ path: String) throws(GraderFault) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw GraderFault(.usage, "There is no folder \(path).")
    }
    guard isFolder.boolValue else {
      throw GraderFault(
        .usage,
        "\(path) is a file.",
        remedy: "Name a folder of submissions; `grader \(path)` grades one."
      )
    }
    let root = Files.real(path)
    var attempts: [Attempt] = []
    var notes: [String] = []
    for name in Files.names(in: root) where !name.hasPrefix(".") {
      guard let ending = Self.endings.first(where: name.lowercased().hasSuffix) else {
        notes.append("\(name): not an archive, left out")
        continue
      }
      let student = String(name.dropLast(ending.count))
      attempts.append(
        Attempt(students: [student], originalName: name, path: "\(root)/\(name)")
      )
    }
    (self.attempts, self.notes) = (attempts, notes)
  }
}

extension ResultsFolder {
  /// Takes down what was handed in; files that belonged to other entries go.
  package func take(
    _ attempts: [Attempt],
    students: [Student]
  ) throws(GraderFault) -> [Entry] {
    let entries = Entry.entries(of: attempts.map { ($0, true) }) {
      Digest.hex(of: Array($0.utf8))
    }
    let stale = try withBook { try $0.take(students: students, entries: entries) }
    for slug in stale { Files.remove(gradePath(of: slug)) }
    return entries
  }
}

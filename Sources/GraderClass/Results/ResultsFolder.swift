import ClassCore
import Foundation
import GradeFormats
package import Gradebook
import GraderCore
package import GraderRuntime

/// A folder that holds all that is known of a class.
///
/// `gradebook.sqlite` is the truth; `grades/` holds a JSON for each attempt, `originals/` every
/// archive by its digest. The other files are made of these.
package final class ResultsFolder: Sendable {
  /// The path of the folder.
  package let path: String
  /// The grades.
  package let book: Gradebook
  /// The folder itself, and who may use it.
  package let files: PrivateFolder
  private let grades: PrivateFolder
  private let lock: Int32
  /// The gradebook's copy on a local disk, which takes its place at the end; nil if it is used
  /// where it lies.
  private let copy: BookCopy?
  /// True if there was nothing at its path before.
  private let isNew: Bool

  /// The folder, which is made if it is not there and `creates` is set.
  ///
  /// A new one is the user's alone, or a group's too. Where `copiesBook` is set, the folder may lie
  /// on a file system that several machines share: the gradebook is worked on in a copy on a local
  /// disk, and put back whole by `close`.
  ///
  /// - Throws: `GraderFault` when it cannot be used, or another grader is at work in it.
  package init(
    _ path: String,
    creates: Bool,
    group: String? = nil,
    copiesBook: Bool = false
  ) throws(GraderFault) {
    self.path = path
    isNew = !Files.exists(path)
    let file = "\(path)/gradebook.sqlite"
    if !creates, !Files.exists(file) {
      throw GraderFault(
        .usage,
        "There are no results in \(path).",
        remedy: "Name the folder that `grader batch` wrote."
      )
    }
    let people = try group.map { name throws(GraderFault) in try FolderAccess(group: name) }
    files = try PrivateFolder(path, for: people ?? .own)
    grades = try files.folder("grades")
    _ = try files.folder("originals")
    lock = open("\(path)/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0, !isNew || fchmod(lock, files.access.fileMode) == 0 else {
      throw GraderFault(.cannot(.writeIn, path, .last, of: .theirs))
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      Glibc.close(lock)
      throw GraderFault(.temporary, "Another grader is at work in \(path).")
    }
    do {
      if Self.isLost(file, in: path) { throw Lost() }
      // SQLite gives the files beside it the same mode.
      try files.touch("gradebook.sqlite")
      copy = copiesBook ? try BookCopy(of: file) : nil
      book = try Gradebook(path: copy?.path ?? file)
    } catch {
      Glibc.close(lock)
      throw GraderFault(
        .broken,
        "\(file) cannot be used: \(error)",
        remedy: """
          Put a copy of it back. Without one, move it away together with grades/, and run \
          `grader batch` again: it grades everybody anew, and people's marks have to be imported \
          once more. originals/ holds what was handed in.
          """
      )
    }
  }

  /// Grades were written, and the book that held them is empty or gone.
  private struct Lost: Error, CustomStringConvertible {
    var description: String { "it is empty, and there are grades." }
  }

  private static func isLost(_ file: String, in path: String) -> Bool {
    let isEmpty = [file, "\(file)-wal"].allSatisfy { name in
      var status = stat()
      return stat(name, &status) != 0 || status.st_size == 0
    }
    return isEmpty && Files.names(in: "\(path)/grades").contains { $0.hasSuffix(".json") }
  }

  deinit {
    // A program that is being started may hold the descriptor for a moment yet.
    flock(lock, LOCK_UN)
    Glibc.close(lock)
  }

  /// Leaves the gradebook as one file; nothing more can be done with the folder.
  package func close() throws(GraderFault) {
    try withBook { try $0.close() }
    try copy?.putBack(into: files)
    flock(lock, LOCK_UN)
  }

  /// Takes the folder away again if it was made for this run; one that was there is only closed.
  package func abandon() {
    try? close()
    if isNew { Files.remove(path) }
  }

  /// Does something with the gradebook; what goes wrong is our fault.
  @discardableResult
  package func withBook<Result>(
    _ body: (Gradebook) throws -> Result
  ) throws(GraderFault) -> Result {
    do {
      return try body(book)
    } catch let fault as GraderFault {
      throw fault
    } catch let error as DecodingError {
      throw GraderFault(
        .broken,
        "The gradebook in \(path) holds what this grader cannot read: \(Misreading(error).words).",
        remedy: "Use the version of the grader that wrote it, or a later one."
      )
    } catch {
      throw GraderFault(
        .temporary,
        "The gradebook in \(path) cannot be used: \(error)",
        remedy: "Free some space, or check that the folder is yours."
      )
    }
  }

  // MARK: Files

  /// The JSON of an attempt.
  package func gradePath(of slug: String) -> String { "\(path)/grades/\(slug).json" }

  /// Writes an attempt's grade in one step.
  func write(_ grade: Grade, for attempt: Attempt) throws(GraderFault) {
    let text = try JSONText.encode(grade) + "\n"
    try grades.write(Array(text.utf8), to: "\(attempt.slug).json")
  }

  /// Takes away what earlier runs wrote for attempts that are no longer there.
  func removeOthers(in folder: String, than names: Set<String>) {
    for name in Files.names(in: folder) where !names.contains(name) {
      Files.remove("\(folder)/\(name)")
    }
  }

  /// The folder that keeps archives as they were handed in, under their digests.
  package var originals: String { "\(path)/originals" }

  /// The archive with a digest, as it was handed in under a name.
  func original(_ digest: String, name: String) throws(GraderFault) -> Archive {
    try Archive(
      path: Archive.place(of: digest, in: originals),
      name: name,
      keptIn: originals
    )
  }
}

import Foundation
import Testing

/// A student's folder: CourseKit and one assignment beside it.
final class StudentFolder {
  static let assignment = "a1-batch-norm"

  private let folder: TemporaryFolder
  private let name: String

  /// Copies what is handed out, without what builds have left there.
  init(of name: String = assignment) throws {
    self.name = name
    folder = try TemporaryFolder()
    let source = "'\(Repository.root)/assignments'"
    try folder.shell(
      "tar -C \(source) --exclude='.*' --exclude=submit.tar.gz -c CourseKit \(name)"
        + " | tar -x"
    )
  }

  /// Takes a handout as `grader handout` writes it.
  init(unzipping archive: String) throws {
    name = Self.assignment
    folder = try TemporaryFolder()
    try folder.shell("unzip -q '\(archive)'")
  }

  var root: String { folder.path }
  var archive: String { path("submit.tar.gz") }

  func path(_ name: String) -> String { "\(root)/\(self.name)/\(name)" }

  /// Puts the files of the homework in place of what is there.
  func write(_ homework: Homework) throws {
    try FileManager.default.removeItem(atPath: path("Sources/BatchNorm"))
    try homework.write(to: name, in: folder)
  }

  func write(_ text: String, to name: String) throws {
    try folder.write(Array(text.utf8), to: "\(self.name)/\(name)")
  }

  /// Runs a command in the assignment's folder.
  func run(_ command: String) throws -> Program.Run {
    try Program.run(
      "/bin/sh",
      ["-c", command],
      environment: ["TMPDIR": folder.folder("tmp")],
      in: path(""),
      longest: 3_600
    )
  }

  /// Runs the submit plugin as the handout says.
  func submit(_ arguments: String = "") throws -> Program.Run {
    try run("swift package --allow-writing-to-package-directory submit \(arguments)")
  }

  /// The paths in the archive that the plugin wrote.
  func packed() throws -> [String] {
    let listing = try run("tar -tzf submit.tar.gz")
    try #require(listing.status == 0, "\(listing.errors)")
    return listing.output.split(separator: "\n").map(String.init)
  }
}

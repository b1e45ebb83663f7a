import Foundation
import Testing

/// What `grader install` copies is all that a grader needs.
@Suite struct InstallTests {
  private func installed(in folder: TemporaryFolder) throws -> [String] {
    let all = try #require(FileManager.default.subpaths(atPath: "\(folder.path)/prefix"))
    return all.filter { path in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(
        atPath: "\(folder.path)/prefix/\(path)",
        isDirectory: &isFolder
      )
      return !isFolder.boolValue
    }.sorted()
  }

  /// The copy reads an archive in its jail, finds the course that it is told, and can be replaced
  /// while nothing of it is lost.
  @Test func copyThatWorks() throws {
    let folder = try TemporaryFolder()
    _ = try Homework.solution.packed(in: folder)
    let first = try Grading.run(["install", "prefix"], course: nil, in: folder)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("\(folder.path)/prefix/bin/grader"))
    let files = try installed(in: folder)
    #expect(files.contains("bin/grader"))
    #expect(files.contains("libexec/chainrule/grader-jail"))
    #expect(files.contains("libexec/chainrule/grader-intake"))
    #expect(files.contains("libexec/chainrule/JudgeWire/Package.swift"))
    #expect(files.contains { $0.hasPrefix("libexec/chainrule/JudgeWire/Sources/") })
    let grader = "\(folder.path)/prefix/bin/grader"
    let read = try Program.run(
      grader,
      ["doctor", "submit.tar.gz", "--course", Repository.root],
      in: folder.path
    )
    #expect(read.status == 0, "\(read.errors)")
    let again = try Program.run(grader, ["install", "prefix"], in: folder.path)
    #expect(again.status == 0, "\(again.errors)")
    #expect(try installed(in: folder) == files)
  }

  @Test func placeThatCannotBeWrittenTo() throws {
    let folder = try TemporaryFolder()
    try folder.write("".utf8, to: "file")
    let run = try Grading.run(["install", "file"], course: nil, in: folder)
    #expect(run.status == 64)
    #expect(run.errors.contains("Choose a folder that you may write to"))
  }
}

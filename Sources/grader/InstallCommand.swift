import ArgumentParser
import Foundation
import GraderRuntime

/// `grader install PREFIX`.
struct InstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Copy the grader to PREFIX/bin, and what it needs to PREFIX/libexec/chainrule."
  )

  @Argument(help: "Such as /usr/local or ~/.local; its bin should be in the PATH.")
  var prefix: String

  func run() throws {
    try Exit.onFault {
      let prefix = URL(filePath: prefix).standardizedFileURL
      let helpers = prefix.appending(path: "libexec/chainrule")
      for name in ["grader-jail", "grader-intake"] {
        try copy(try Machine.helper(name), to: helpers.appending(path: name))
      }
      // Hidden suites of a course that is kept apart share it with this grader.
      if let wire = Course.wireOfGrader {
        for name in ["Package.swift"] + Files.below("\(wire)/Sources").map({ "Sources/\($0)" }) {
          try copy("\(wire)/\(name)", to: helpers.appending(path: "JudgeWire/\(name)"))
        }
      }
      let grader = prefix.appending(path: "bin/grader")
      try copy(try Machine.ownExecutable(), to: grader)
      print("Installed \(grader.path()).")
      print("It finds a course by --course DIR, CHAINRULE_COURSE, or from within its folder.")
    }
  }

  private func copy(_ source: String, to target: URL) throws(GraderFault) {
    do {
      try Files.makeFolder(target.deletingLastPathComponent().path())
      // Replaced in one step, so that a grader that is running keeps its file.
      let fresh = target.appendingPathExtension("new")
      try? FileManager.default.removeItem(at: fresh)
      try FileManager.default.copyItem(at: URL(filePath: source), to: fresh)
      guard rename(fresh.path(), target.path()) == 0 else {
        throw GraderFault(.cannot(.write, target.path(), .last, of: .theirs))
      }
    } catch {
      let what = (error as? GraderFault)?.what ?? "Cannot write \(target.path()): \(error.words)."
      throw GraderFault(
        .usage,
        what,
        remedy: "Choose a folder that you may write to, or use sudo."
      )
    }
  }
}

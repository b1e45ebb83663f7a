import Foundation
import GraderCore
import Testing

/// Folders of repositories: work trees are read as files, and no program of a student's runs.
@Suite struct RepositoryTests {
  @Test func gitIsNeverAskedAboutAWorkTree() throws {
    let folder = try TemporaryFolder()
    for (name, homework) in [("a1-alice", Homework.solution), ("a1-bob", .stub)] {
      try homework.write(to: "class/\(name)", in: folder)
      // Git runs each of these when it is asked for a status, a log or a difference.
      let config = """
        [core]
          fsmonitor = touch '\(folder.path)/ran'; false
          hooksPath = hooks
          pager = touch '\(folder.path)/ran'
        [filter "x"]
          clean = touch '\(folder.path)/ran'
        [diff]
          external = touch '\(folder.path)/ran'
        """
      try folder.write(Array(config.utf8), to: "class/\(name)/.git/config")
      try folder.write(Array("ref: refs/heads/main\n".utf8), to: "class/\(name)/.git/HEAD")
      try folder.write(Array("*.swift filter=x\n".utf8), to: "class/\(name)/.gitattributes")
      try folder.shell("mkdir -p class/\(name)/.git/objects class/\(name)/.git/refs")
    }
    // A git in the path would be noticed, too.
    try folder.write(Array("#!/bin/sh\ntouch '\(folder.path)/ran'\n".utf8), to: "bin/git")
    try folder.shell("chmod +x bin/git")
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let batch = try Grading.run(
      ["batch", "class", "-o", "results", "--yes", "--assignment", "a1-batch-norm"],
      environment: ["PATH": "\(folder.path)/bin:\(path)"],
      in: folder
    )
    #expect(batch.status == 0, "\(batch.errors)")
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/ran"))
    for (student, isRight) in [("alice", true), ("bob", false)] {
      let file = URL(filePath: "\(folder.path)/results/grades/\(student).json")
      let grade = try JSONDecoder().decode(Grade.self, from: Data(contentsOf: file))
      #expect((grade.score == grade.maxScore) == isRight)
      #expect(grade.intake.kept.count == 8)
    }
  }
}

import Foundation
import GraderCore
import Testing

/// Archives whose files have other names than they should, from end to end.
@Suite struct NearNameCommandTests {
  /// Copies of parts cost nothing, neither in the place of the part nor beside it.
  @Test func copiesAreGradedAsTheFilesTheyAre() throws {
    let solution = Homework.solution
    let grade =
      try solution
      .removing("Forward.swift")
      .adding("Forward (1).swift", "func broken( {")
      .adding("Forward (2).swift", try solution.text(of: "Forward.swift"))
      .adding("Steps copy.swift", try Homework.stub.text(of: "Steps.swift"))
      .removing("Chain.swift")
      .adding("Chain.swift.txt", try solution.text(of: "Chain.swift"))
      .graded()
    #expect(grade.status == .graded)
    #expect(grade.build.status == .partial)
    #expect(grade.score == grade.maxScore)
    let folder = "a1-batch-norm/Sources/BatchNorm"
    for (from, to) in [("Forward (2).swift", "Forward.swift"), ("Chain.swift.txt", "Chain.swift")] {
      let repaired = grade.intake.repaired.contains {
        $0.hasPrefix("`\(folder)/\(from)` was read as `Sources/BatchNorm/\(to)`")
      }
      #expect(repaired, "\(grade.intake.repaired)")
    }
    #expect(
      grade.intake.notes.contains { $0.hasPrefix("Not used: `\(folder)/Steps copy.swift`. ") }
    )
    #expect(grade.intake.missing == [])
  }

  /// Nobody is sent to the compiler for files that are not there.
  @Test func noFileOfCode() throws {
    let folder = try TemporaryFolder()
    var homework = Homework.solution
    homework.files = homework.files.filter { $0.key == "Derivation.md" }
    let archive = try homework.packed(in: folder)
    let output = "\(folder.path)/out"
    let formats = "json,text,gradescope,junit,github,html,markdown"
    let run = try Grading.run([archive, "--format", formats, "--output", output], in: folder)
    #expect(run.status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: output)
    #expect(names.count == 7)
    for name in names {
      let text = try String(contentsOfFile: "\(output)/\(name)", encoding: .utf8)
      #expect(!text.contains(/swift build|compiles|does not compile/), "\(name): \(text)")
      #expect(text.contains(/Forward\\?\.swift/), "\(name)")
    }
  }
}

import Foundation
import GraderCore
import Testing

/// One grading, written in several formats.
@Suite struct FormatCommandTests {
  @Test func allFormatsAtOnce() throws {
    let folder = try TemporaryFolder()
    let archive = try Homework.stub.packed(in: folder)
    let summary = try folder.write(Array("before\n".utf8), to: "summary.md")
    let grading = try Grading.run(
      [
        archive, "--format", "json,text,gradescope,junit,github,html,markdown",
        "--output", "\(folder.path)/out",
      ],
      environment: ["GITHUB_STEP_SUMMARY": summary],
      in: folder
    )
    #expect(grading.status == 0)
    #expect(grading.output.isEmpty)
    let written = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out")
    #expect(
      written.sorted() == [
        "feedback.html", "feedback.md", "github.txt", "grade.json", "grade.txt", "junit.xml",
        "results.json",
      ]
    )
    let page = try String(contentsOfFile: summary, encoding: .utf8)
    #expect(page.hasPrefix("before\n# a1\\-batch\\-norm"))
  }

  @Test(arguments: [["--format", "html,junit"], ["--format", "html,html"], ["--format", "pdf"]])
  func wrongUse(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let grading = try Grading.run(["x.zip"] + arguments, in: folder)
    #expect(grading.status == 64)
    #expect(grading.output.isEmpty)
  }
}

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

  /// A wrong answer points at its function, in the file and on the line where the student has it.
  @Test func wrongAnswersHavePlaces() throws {
    let folder = try TemporaryFolder()
    let text = try Homework.solution.text(of: "ParameterGradients.swift")
    let slip = Homework.solution.adding(
      "ParameterGradients.swift",
      "// One line more.\n" + text.replacing("dU.sum(axis: 0)", with: "dU.sum(axis: 0) * 2")
    )
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("func gradBeta") }) + 2
    let grading = try Grading.run(
      [
        try slip.packed(in: folder), "--format", "junit,github", "--output",
        "\(folder.path)/out",
      ],
      in: folder
    )
    #expect(grading.status == 0)
    let place = "Sources/BatchNorm/ParameterGradients.swift"
    let log = try String(contentsOfFile: "\(folder.path)/out/github.txt", encoding: .utf8)
    #expect(
      log.contains("::error file=\(place),line=\(line),title=Gradient of beta"),
      "\(log)"
    )
    #expect(!log.contains("::notice"), "\(log)")
    let xml = try String(contentsOfFile: "\(folder.path)/out/junit.xml", encoding: .utf8)
    #expect(
      xml.contains("name=\"grad-beta: Gradient of beta\" file=\"\(place)\" line=\"\(line)\""),
      "\(xml)"
    )
  }

  @Test(arguments: [["--format", "html,junit"], ["--format", "html,html"], ["--format", "pdf"]])
  func wrongUse(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let grading = try Grading.run(["x.zip"] + arguments, in: folder)
    #expect(grading.status == 64)
    #expect(grading.output.isEmpty)
  }
}

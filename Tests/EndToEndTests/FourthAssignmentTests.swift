import Foundation
import GraderCore
import Testing

/// The page on adding an assignment is true from start to end.
@Suite struct FourthAssignmentTests {
  private static let fixture = "Tests/Fixtures/FourthAssignment"
  private static let page = "Sources/grader/Documentation.docc/AddingAnAssignment.md"

  /// A course without the fourth assignment, as `main` has it, and the page's commands in it.
  private func run(_ block: PageBlock, in course: TemporaryFolder) throws -> Program.Run {
    let programs = URL(filePath: Program.beside("grader")).deletingLastPathComponent().path
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return try Program.run(
      "/bin/sh",
      ["-e", "-c", block.text],
      environment: ["PATH": "\(programs):\(path)", "CHAINRULE_COURSE": course.path],
      in: course.path,
      longest: 3_600
    )
  }

  @Test(.beyondTheSample()) func commandsOfThePageAddAnAssignment() throws {
    let course = try TemporaryFolder()
    try course.shell(
      """
      tar -C '\(Repository.root)' --exclude='.*' -c \
        assignments reference \(Self.fixture) | tar -x
      """
    )
    var added: [String] = []
    for block in try PageBlock.all(of: Self.page) where block.language == "sh" {
      let run = try run(block, in: course)
      let isFailing = block.text.contains("# fails")
      let words = "\(block.text)\n\(run.output)\n\(run.errors)"
      try #require((run.status != 0) == isFailing, "\(words)")
      if isFailing { #expect(words.contains("is not implemented yet"), "\(words)") }
      if block.text.contains("--update") {
        added = try FileManager.default.subpathsOfDirectory(
          atPath: "\(course.path)/assignments/a4-layer-norm/Sources/LayerNorm"
        )
      }
    }
    #expect(added.sorted() == ["Backward.swift", "Forward.swift"])

    let stub = try grade("stub.json", in: course)
    #expect(stub.assignment == "a4-layer-norm")
    #expect(stub.status == .graded)
    #expect(stub.score == .zero)
    let solution = try grade("solution.json", in: course)
    #expect(solution.assignment == "a4-layer-norm")
    #expect(solution.status == .graded)
    #expect(solution.score == Points(hundredths: 20_00))
    #expect(solution.maxScore == solution.score)

    try course.shell("unzip -l .build/try/a4-layer-norm.zip | grep -q a4-layer-norm/handin.txt")
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(course.path)/reference")
    #expect(!names.contains("a4-layer-norm"), "the page takes its example away")
  }

  private func grade(_ name: String, in course: TemporaryFolder) throws -> Grade {
    let data = try Data(contentsOf: URL(filePath: "\(course.path)/.build/try/\(name)"))
    return try JSONDecoder().decode(Grade.self, from: data)
  }

  @Test func whatThePageShowsStandsInTheFiles() throws {
    let shown = try PageBlock.all(of: Self.page).filter { $0.file != nil }
    #expect(shown.count == 10)
    for block in shown {
      let file = try #require(block.file)
      let path = "\(Repository.root)/\(Self.fixture)/\(file)"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.contains(block.text), "\(file) does not hold\n\(block.text)")
    }
  }
}

/// A block of code in a page.
private struct PageBlock {
  var language: String
  /// The file that is named in a line of its own above the block, with a colon.
  var file: String?
  var text: String

  static func all(of page: String) throws -> [PageBlock] {
    let text = try String(contentsOfFile: "\(Repository.root)/\(page)", encoding: .utf8)
    var blocks: [PageBlock] = []
    var open: PageBlock?
    var above = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let block = open {
        open = line == "```" ? nil : block.adding(line)
        if open == nil { blocks.append(block) }
      } else if line.hasPrefix("```") {
        open = PageBlock(language: String(line.dropFirst(3)), file: file(in: above), text: "")
      }
      if !line.isEmpty { above = String(line) }
    }
    try #require(open == nil && !blocks.isEmpty)
    return blocks
  }

  private func adding(_ line: Substring) -> PageBlock {
    var block = self
    block.text += line + "\n"
    return block
  }

  private static func file(in line: String) -> String? {
    guard line.hasPrefix("`"), line.hasSuffix("`:") else { return nil }
    return String(line.dropFirst().dropLast(2))
  }
}

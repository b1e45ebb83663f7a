import Foundation
import Testing

/// The archive that `grader handout` writes is all that a student needs, and nothing more.
@Suite struct HandoutTests {
  private func handout(_ name: String, in folder: TemporaryFolder) throws -> String {
    let archive = "\(folder.path)/\(name)"
    let run = try Grading.run(["handout", StudentFolder.assignment, "-o", archive], in: folder)
    try #require(run.status == 0, "\(run.errors)")
    let digest = try Program.run("/usr/bin/sha256sum", [archive]).output.prefix(64)
    #expect(run.output.hasSuffix("\nsha256:\(digest)\n"), "\(run.output)")
    return archive
  }

  @Test func theArchiveIsReproducible() throws {
    let folder = try TemporaryFolder()
    let one = try Data(contentsOf: URL(filePath: try handout("one.zip", in: folder)))
    #expect(one == (try Data(contentsOf: URL(filePath: try handout("two.zip", in: folder)))))
  }

  @Test func theArchiveHoldsNothingOfTheReference() throws {
    let folder = try TemporaryFolder()
    let student = try StudentFolder(unzipping: try handout("handout.zip", in: folder))
    let top = try FileManager.default.contentsOfDirectory(atPath: student.root).sorted()
    #expect(top == [".devcontainer", ".vscode", "CourseKit", StudentFolder.assignment])

    let names = try FileManager.default.subpathsOfDirectory(atPath: student.root)
    let hidden = names.filter { $0.split(separator: "/").contains { $0.hasPrefix(".") } }
    #expect(hidden.allSatisfy { $0.hasPrefix(".vscode") || $0.hasPrefix(".devcontainer") })
    for word in ["Solution", "HiddenTests", "Mutants", "Variants", "assignment.yaml", "Judge"] {
      #expect(!names.contains { $0.contains(word) }, "\(word)")
    }

    let stub = "\(Repository.root)/assignments/\(StudentFolder.assignment)"
    let said = try texts(below: "\(stub)/Sources") + [try text(of: "\(stub)/Derivation.md")]
    let handedOut = try texts(below: student.root)
    let reference = "\(Repository.root)/reference/\(StudentFolder.assignment)"
    // One line of the solution is too much. Of the rest, two lines in a row: one may be an idiom.
    for (folder, count) in [("Solution", 1), ("HiddenTests", 2), ("Variants", 2)] {
      let secret = pieces(of: try texts(below: "\(reference)/\(folder)"), lines: count)
        .subtracting(pieces(of: said, lines: count)).subtracting(
          Self.calls + [Self.calls.joined(separator: "\n")]
        )
      #expect(secret.count > 20)
      #expect(secret.intersection(pieces(of: handedOut, lines: count)) == [], "\(folder)")
    }
  }

  /// The calls of the student's functions that both solution and public tests make.
  private static let calls = [
    "let mean = try batchMean(x)", "let variance = try batchVariance(x, mean: mean)",
  ]

  /// So many lines in a row that are long enough to tell something.
  private func pieces(of texts: [[String]], lines count: Int) -> Set<String> {
    var found: Set<String> = []
    for text in texts where text.count >= count {
      for start in 0...(text.count - count) {
        let lines = text[start..<(start + count)]
        if lines.allSatisfy({ $0.count >= 24 }) { found.insert(lines.joined(separator: "\n")) }
      }
    }
    return found
  }

  /// The texts below a folder, each as its lines.
  private func texts(below folder: String) throws -> [[String]] {
    // Folders and images are no texts.
    try FileManager.default.subpathsOfDirectory(atPath: folder)
      .compactMap { try? text(of: "\(folder)/\($0)") }
  }

  /// The lines of a file without white space around them.
  private func text(of file: String) throws -> [String] {
    try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  @Test(.beyondTheSample()) func buildsAndTestsOnItsOwn() throws {
    let folder = try TemporaryFolder()
    let student = try StudentFolder(unzipping: try handout("handout.zip", in: folder))
    let stub = try student.run("swift test --disable-swift-testing -j 2")
    #expect(stub.status != 0)
    for sentence in [
      "batchMean is not implemented yet: Sources/BatchNorm/Forward.swift",
      "smallNetworkGradients is not implemented yet: Sources/BatchNorm/SmallNetwork.swift",
    ] {
      #expect((stub.output + stub.errors).contains(sentence), "\(stub.errors)")
    }

    try student.write(Homework.solution)
    let solved = try student.run("swift test --disable-swift-testing -j 2")
    #expect(solved.status == 0, "\(solved.output)\n\(solved.errors)")
    #expect((solved.output + solved.errors).contains(", with 0 failures"))
  }
}

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
    let handedOut = Set(try lines(below: student.root).values.joined())
    let top = try FileManager.default.contentsOfDirectory(atPath: student.root).sorted()
    #expect(top == ["CourseKit", StudentFolder.assignment])

    let names = try FileManager.default.subpathsOfDirectory(atPath: student.root)
    #expect(!names.contains { $0.split(separator: "/").contains { $0.hasPrefix(".") } })
    for word in ["Solution", "HiddenTests", "Mutants", "Variants", "assignment.yaml", "Judge"] {
      #expect(!names.contains { $0.contains(word) }, "\(word)")
    }

    let stub = "\(Repository.root)/assignments/\(StudentFolder.assignment)"
    var said = Set(try lines(below: "\(stub)/Sources").values.joined())
    said.formUnion(try lines(of: "\(stub)/Derivation.md"))
    said.formUnion(Self.idioms)
    let reference = "\(Repository.root)/reference/\(StudentFolder.assignment)"
    let leaks = try ["Solution", "HiddenTests", "Variants"].flatMap { folder in
      try lines(below: "\(reference)/\(folder)").flatMap { file, lines in
        lines.filter { says($0) && handedOut.contains($0) && !said.contains($0) }
          .map { "\(folder)/\(file): \($0)" }
      }
    }
    #expect(leaks == [])
  }

  /// What stands in any such code; public tests, too, call the student's functions.
  private static let idioms = [
    "extension Tensor where Scalar == Double {", "for i in 0..<x.shape[0] {",
    "let mean = try batchMean(x)", "let variance = try batchVariance(x, mean: mean)",
  ]

  /// Whether a line is long enough to tell something.
  private func says(_ line: String) -> Bool { line.count >= 24 }

  /// The lines of each text below a folder, without white space around them.
  private func lines(below folder: String) throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      // Folders and images are no text.
      if let lines = try? lines(of: "\(folder)/\(name)") { found[name] = lines }
    }
    return found
  }

  private func lines(of file: String) throws -> [String] {
    try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  @Test func buildsAndTestsOnItsOwn() throws {
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

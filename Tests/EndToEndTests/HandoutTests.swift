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

    let stubs = Set(
      try lines(below: "\(Repository.root)/assignments/a1-batch-norm").values.joined()
    )
    let reference = "\(Repository.root)/reference/\(StudentFolder.assignment)"
    for folder in ["Solution", "HiddenTests", "Variants"] {
      for (file, lines) in try lines(below: "\(reference)/\(folder)") {
        for line in lines where says(line) && !stubs.contains(line) {
          #expect(!handedOut.contains(line), "\(folder)/\(file): \(line)")
        }
      }
    }
  }

  /// Whether a line is long enough to tell something.
  private func says(_ line: String) -> Bool { line.count >= 24 }

  /// The lines of each text below a folder, without white space around them.
  private func lines(below folder: String) throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      guard let text = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) else {
        continue
      }
      found[name] = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    return found
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

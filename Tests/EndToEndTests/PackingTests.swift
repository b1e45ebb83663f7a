import Foundation
import GraderCore
import Testing

/// The right solution gets full marks however it is packed.
@Suite struct PackingTests {
  private func expectFullMarks(
    _ grade: Grade,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(grade.status == .graded, sourceLocation: sourceLocation)
    #expect(grade.score == grade.maxScore, sourceLocation: sourceLocation)
    #expect(grade.maxScore == Points(hundredths: 80_00), sourceLocation: sourceLocation)
    #expect(grade.pendingPoints == Points(hundredths: 20_00), sourceLocation: sourceLocation)
    #expect(grade.statuses == [.passed], sourceLocation: sourceLocation)
    #expect(grade.lost == [], sourceLocation: sourceLocation)
    #expect(grade.intake.missing == [], sourceLocation: sourceLocation)
    #expect(grade.build.status == .built, sourceLocation: sourceLocation)
  }

  private static let packings: [(Packing, Layout)] = [
    (.tarGz, .inside), (.tarGz, .above), (.tarGz, .deep), (.tarXz, .inParts),
    (.tar, .above), (.zip, .inside), (.zip, .above),
  ]

  @Test(arguments: packings.sample(3, 5))
  func fullMarks(packing: Packing, layout: Layout) throws {
    let folder = try TemporaryFolder()
    let archive = try Homework.solution.packed(as: packing, layout, in: folder)
    let grade = try Grading.run([archive], in: folder).grade
    expectFullMarks(grade)
    #expect(grade.intake.format == String(packing.rawValue.dropFirst()))
    #expect(grade.submission.name == "submit\(packing.rawValue)")
  }

  /// Adds the files that macOS adds: a resource fork beside each file, and a list of the folder's
  /// icons.
  private func withMacMetadata(_ homework: Homework, fork: (String) -> String) -> Homework {
    var result = homework.adding(path: ".DS_Store", Array("\0\0\0\u{1}Bud1".utf8))
    for path in homework.files.keys {
      result.files[fork(path)] = [0, 5, 0x16, 7, 0, 2, 0, 0] + Array("Mac OS X        ".utf8)
    }
    return result
  }

  /// `Sources/X.swift` with the prefix on its last component.
  private func sibling(of path: String) -> String {
    let parts = path.split(separator: "/")
    return (parts.dropLast() + ["._\(parts.last ?? "")"]).joined(separator: "/")
  }

  @Test(.beyondTheSample()) func fullMarksFromMacOSTar() throws {
    let folder = try TemporaryFolder()
    let homework = withMacMetadata(.solution, fork: sibling)
    let archive = try homework.packed(as: .tarGz, .above, in: folder)
    let grade = try Grading.run([archive], in: folder).grade
    expectFullMarks(grade)
    #expect(grade.intake.repaired.contains { $0.contains("macOS") })
  }

  @Test func fullMarksFromMacOSZip() throws {
    let folder = try TemporaryFolder()
    let homework = withMacMetadata(.solution) {
      "../__MACOSX/a1-batch-norm/\(self.sibling(of: $0))"
    }
    try homework.write(to: "work/a1-batch-norm", in: folder)
    try folder.shell("zip -qr submit.zip .", in: "work")
    let grade = try Grading.run(["\(folder.path)/work/submit.zip"], in: folder).grade
    expectFullMarks(grade)
    #expect(grade.intake.repaired.contains { $0.contains("macOS") })
  }

  /// As after `swift test` and `swift build -c release`: 130 MB, 2,000 entries, a link.
  @Test(.beyondTheSample()) func fullMarksWithBuildFolderInside() throws {
    let folder = try TemporaryFolder()
    var homework = Homework.solution
    let build = ".build/x86_64-unknown-linux-gnu"
    let program = try [UInt8](Data(contentsOf: URL(filePath: Program.beside("grader"))))
    var bytes = 0
    while bytes < 130 << 20 {
      homework.files["\(build)/debug/BatchNorm.build/large-\(bytes).o"] = program
      bytes += program.count
    }
    for index in 0..<2_000 {
      homework.files["\(build)/release/ModuleCache/\(index).pcm"] = Array("module \(index)".utf8)
    }
    homework.files["\(build)/debug/index/store/Forward.swift"] = Array("not yours".utf8)
    try homework.write(to: "a1-batch-norm", in: folder)
    try folder.shell("ln -s x86_64-unknown-linux-gnu/debug .build/debug", in: "a1-batch-norm")
    try folder.shell("tar cf - a1-batch-norm | gzip -1 > submit.tar.gz")
    let grade = try Grading.run(["\(folder.path)/submit.tar.gz"], in: folder).grade
    expectFullMarks(grade)
    let ignored = try #require(grade.intake.ignored["buildFolder"])
    #expect(ignored > 2_000)
  }
}

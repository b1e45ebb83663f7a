import Foundation
import GraderCore
import Testing

/// Archives as students make them, with the programs that they use.
@Suite struct HonestArchiveTests {
  private static let formats = [".tar", ".tar.gz", ".tar.xz", ".zip"]

  private func scratch(below top: String = "a1-batch-norm") throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(Course.files, below: top)
    try scratch.write(Course.handout, below: top)
    return scratch
  }

  private func accept(
    _ archive: URL,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> IntakeReport {
    let result = try IntakeResult(archive)
    guard case .accepted(let submission, let report) = result else {
      Issue.record("\(result)", sourceLocation: sourceLocation)
      return IntakeReport()
    }
    #expect(submission.assignment == "a1-batch-norm", sourceLocation: sourceLocation)
    let files = submission.files.map {
      ($0.path.string, String(decoding: $0.content, as: UTF8.self))
    }
    #expect(Dictionary(uniqueKeysWithValues: files) == Course.files, sourceLocation: sourceLocation)
    #expect(report.missing == [], sourceLocation: sourceLocation)
    return report
  }

  @Test(arguments: formats)
  func packedFromInsideTheFolder(format: String) throws {
    let scratch = try scratch()
    let pack = format == ".zip" ? "zip -qr" : "tar caf"
    try scratch.shell("cd a1-batch-norm && \(pack) ../submit\(format) .")
    let report = try accept(scratch.folder.appending(path: "submit" + format))
    #expect(report.layout?.description == format)
    #expect(report.repaired == [])
    #expect(report.ignored.mapValues(\.count) == [.notListed: 1, .tests: 1, .manifest: 1])
  }

  @Test(arguments: formats)
  func packedFromAboveTheFolder(format: String) throws {
    let scratch = try scratch(below: "course/a1-batch-norm")
    let pack = format == ".zip" ? "zip -qr" : "tar caf"
    try scratch.shell("\(pack) submit\(format) course")
    let report = try accept(scratch.folder.appending(path: "submit" + format))
    #expect(report.repaired == [.topFolder(ShownName("course/a1-batch-norm"))])
  }

  @Test(arguments: ["v7", "ustar", "gnu", "oldgnu", "posix"])
  func everyTarFormat(format: String) throws {
    let scratch = try scratch()
    try scratch.shell("tar -C a1-batch-norm --format=\(format) -czf submit.tar.gz .")
    let report = try accept(scratch.folder.appending(path: "submit.tar.gz"))
    #expect(report.notes == [])
  }

  @Test(arguments: ["-0", "-9", "-fd", "-fz", "-X"])
  func everyWayToZip(option: String) throws {
    let scratch = try scratch()
    try scratch.shell("cd a1-batch-norm && zip -q \(option) -r ../submit.zip .")
    let report = try accept(scratch.folder.appending(path: "submit.zip"))
    #expect(report.notes == [])
  }

  @Test func zipWrittenToAPipe() throws {
    let scratch = try scratch()
    try scratch.shell("cd a1-batch-norm && zip -qr - . | cat > ../submit.zip")
    _ = try accept(scratch.folder.appending(path: "submit.zip"))
  }

  @Test func packedAfterABuild() throws {
    let scratch = try scratch()
    var leftovers: [String: String] = [:]
    for index in 0..<2000 {
      leftovers[".build/x86_64-unknown-linux-gnu/debug/f\(index).o"] = "object \(index)"
    }
    leftovers[".build/checkouts/x/Sources/BatchNorm/Forward.swift"] = "// not the student's"
    leftovers[".git/config"] = "[core]"
    try scratch.write(leftovers, below: "a1-batch-norm")
    try scratch.shell(
      "ln -s x86_64-unknown-linux-gnu/debug a1-batch-norm/.build/debug; tar czf s.tgz a1-batch-norm"
    )
    let report = try accept(scratch.folder.appending(path: "s.tgz"))
    #expect(report.ignored[.buildFolder]?.count == 2001)
    #expect(report.ignored[.link]?.count == 1)
    #expect(report.ignored[.versionControl]?.count == 1)
  }

  @Test func oneFolderOfTheAssignmentOnly() throws {
    let scratch = try scratch()
    try scratch.shell("cp a1-batch-norm/Derivation.md a1-batch-norm/Sources/BatchNorm")
    try scratch.shell("cd a1-batch-norm/Sources && zip -qr ../../submit.zip BatchNorm")
    let report = try accept(scratch.folder.appending(path: "submit.zip"))
    let from = ShownName("BatchNorm/Derivation.md")
    let derivation = try #require(RelativePath("Derivation.md"))
    #expect(
      report.repaired == [
        .placed(folder: ShownName(""), into: ShownName("Sources")),
        .moved(from: from, to: derivation),
      ]
    )
  }

  @Test func zipCalledTarGz() throws {
    let scratch = try scratch()
    try scratch.shell("cd a1-batch-norm && zip -qr ../x.zip . && mv ../x.zip ../submit.tar.gz")
    let report = try accept(scratch.folder.appending(path: "submit.tar.gz"))
    let name = ShownName("submit.tar.gz")
    #expect(report.repaired == [.wrongExtension(name, ArchiveLayout(.zip, .none))])
  }

  @Test func sparseFileBesideTheSources() throws {
    let scratch = try scratch()
    try scratch.shell("truncate -s 64G a1-batch-norm/data.bin; tar -Sczf s.tgz a1-batch-norm")
    let report = try accept(scratch.folder.appending(path: "s.tgz"))
    #expect(report.ignored[.notListed]?.count == 2)
  }

  @Test func hardLinkBesideTheSources() throws {
    let scratch = try scratch()
    try scratch.shell(
      "cd a1-batch-norm; ln Derivation.md Copy.md; tar czf ../s.tgz Derivation.md Sources Copy.md"
    )
    let report = try accept(scratch.folder.appending(path: "s.tgz"))
    #expect(report.ignored[.link]?.examples == [ShownName("Copy.md")])
  }

  @Test func encryptedZip() throws {
    let scratch = try scratch()
    try scratch.shell("cd a1-batch-norm && zip -qr -P secret ../submit.zip .")
    let result = try IntakeResult(scratch.folder.appending(path: "submit.zip"))
    guard case .refused(let problem, _) = result else { return #expect(Bool(false), "\(result)") }
    #expect(problem == .unusable(try #require(RelativePath("Derivation.md")), .encrypted))
  }

  @Test func encryptedFileThatIsNotListed() throws {
    let scratch = try scratch()
    try scratch.shell(
      "cd a1-batch-norm && zip -qr ../s.zip . -x README.md && zip -q -P x ../s.zip README.md"
    )
    let report = try accept(scratch.folder.appending(path: "s.zip"))
    #expect(report.ignored[.encrypted] == nil)
    #expect(report.ignored[.notListed]?.examples == [ShownName("README.md")])
  }
}

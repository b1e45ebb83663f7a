import Foundation
import GraderCore
import Testing

/// Archives that attack, are broken, or are none; each has one verdict, and leaves no trace.
@Suite struct HostileArchiveTests {
  /// All archives, made once, in a folder with a secret beside it.
  private static let world: Result<World, any Error> = Result { try World() }

  @Test(arguments: HostileArchive.all)
  func verdict(archive: HostileArchive) throws {
    let world = try Self.world.get()
    let run = try Reader.run(
      world.archives.appending(path: archive.name),
      Course.assignments,
      in: world.workingFolder
    )
    let result = try run.answer.result(fileName: archive.name)
    #expect(Verdict(result) == archive.verdict)
    #expect(!run.output.contains(bytes: World.secret))
    #expect(try world.scratch.snapshot() == world.before)
    #expect(!FileManager.default.fileExists(atPath: "/tmp/chainrule-evil"))
    #expect(result.sentences.joined().unicodeScalars.allSatisfy { $0.properties.isVisible })
  }

  @Test func everyArchiveHasAVerdict() throws {
    let world = try Self.world.get()
    let made = try FileManager.default.contentsOfDirectory(atPath: world.archives.path)
    #expect(Set(made) == Set(HostileArchive.all.map(\.name)))
    #expect(made.count == HostileArchive.all.count)
  }

  /// A folder with archives, a secret that links point to, and a place to run in.
  private struct World {
    static let secret = Array("the hidden tests are here".utf8)

    let scratch: Scratch
    let before: [String: String]
    var archives: URL { scratch.folder.appending(path: "archives") }
    var workingFolder: URL { scratch.folder.appending(path: "a/b/c") }

    init() throws {
      scratch = try Scratch()
      let secret = String(decoding: Self.secret, as: UTF8.self)
      try scratch.write(["canary/secret": secret, "a/b/c/canary": "", "archives/x": ""])
      let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fixtures/Archives/make_archives.py").standardizedFileURL
      try scratch.shell(
        "rm archives/x; /usr/bin/python3 '\(script.path)' archives \"$PWD/canary/secret\""
      )
      before = try scratch.snapshot()
    }
  }
}

/// The outcome that an archive has to have.
enum Verdict: Equatable {
  case kept(
    Int,
    ignored: [IgnoredReason: UInt64] = [:],
    repaired: [Repair] = [],
    notes: [IntakeNote] = []
  )
  case refused(IntakeProblem)

  init(_ result: IntakeResult) {
    switch result {
    case .refused(let problem, _): self = .refused(problem)
    case .accepted(let submission, let report):
      self = .kept(
        submission.files.count,
        ignored: report.ignored.mapValues(\.count),
        repaired: report.repaired,
        notes: report.notes
      )
    }
  }
}

extension IntakeResult {
  /// All that is said about the archive, to anyone.
  fileprivate var sentences: [String] {
    switch self {
    case .accepted(_, let report): IntakeText.staff(report)
    case .refused(let problem, let report): [IntakeText.staff(problem)] + IntakeText.staff(report)
    }
  }
}

extension Unicode.Scalar.Properties {
  fileprivate var isVisible: Bool { generalCategory != .control && generalCategory != .format }
}

extension [UInt8] {
  fileprivate func contains(bytes: [UInt8]) -> Bool {
    guard let first = bytes.first else { return true }
    return indices.contains { self[$0] == first && self[$0...].starts(with: bytes) }
  }
}

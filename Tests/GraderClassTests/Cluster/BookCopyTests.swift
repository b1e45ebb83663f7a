import Foundation
import Gradebook
import GraderRuntime
import Testing

@testable import GraderClass

/// A gradebook on a shared disk is only ever replaced as a whole.
@Suite struct BookCopyTests {
  private let scratch: Scratch
  private let results: String

  init() throws {
    scratch = try Scratch()
    results = "\(scratch.path)/results"
  }

  private func setting(_ path: String) throws -> String? {
    let folder = try ResultsFolder(path, creates: false)
    defer { try? folder.close() }
    return try folder.withBook { try $0.setting("name") }
  }

  @Test func theCopyTakesItsPlaceAtTheEnd() throws {
    try ResultsFolder(results, creates: true).close()
    let before = try Files.read("\(results)/gradebook.sqlite")
    let folder = try ResultsFolder(results, creates: false, copiesBook: true)
    try folder.withBook { try $0.set("name", to: "value") }
    #expect(try Files.read("\(results)/gradebook.sqlite") == before)
    #expect(Files.names(in: results).filter { $0.hasPrefix("gradebook") } == ["gradebook.sqlite"])
    try folder.close()
    #expect(try setting(results) == "value")
    var facts = stat()
    #expect(stat("\(results)/gradebook.sqlite", &facts) == 0 && facts.st_mode & 0o777 == 0o600)
  }

  /// Who dies before the end leaves what was there.
  @Test func withoutAnEndNothingChanges() async throws {
    try ResultsFolder(results, creates: true).close()
    await #expect(processExitsWith: .success) { [results = results as String] in
      let folder = try ResultsFolder(results, creates: false, copiesBook: true)
      try folder.withBook { try $0.set("name", to: "value") }
      _exit(0)
    }
    #expect(try setting(results) == nil)
  }

  /// What a killed process had committed lies in the log beside the file.
  @Test func theLogOfAKilledProcessIsTakenUp() async throws {
    await #expect(processExitsWith: .success) { [results = results as String] in
      let folder = try ResultsFolder(results, creates: true)
      try folder.withBook { try $0.set("name", to: "value") }
      _exit(0)
    }
    #expect(Files.exists("\(results)/gradebook.sqlite-wal"))
    let folder = try ResultsFolder(results, creates: false, copiesBook: true)
    #expect(!Files.exists("\(results)/gradebook.sqlite-wal"))
    #expect(try folder.withBook { try $0.setting("name") } == "value")
    try folder.close()
    #expect(try setting(results) == "value")
  }
}

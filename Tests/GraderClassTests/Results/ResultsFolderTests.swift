import ClassCore
import Foundation
import Gradebook
import GraderRuntime
import Testing

@testable import GraderClass

/// Faults of a folder of results name their kind and their place.
struct ResultsFolderTests {
  private func modes(_ path: String) throws -> [String: Int] {
    var modes: [String: Int] = [:]
    for name in ["."] + (try FileManager.default.subpathsOfDirectory(atPath: path)) {
      var facts = stat()
      try #require(lstat("\(path)/\(name)", &facts) == 0)
      modes[name] = Int(facts.st_mode & 0o7777)
    }
    return modes
  }

  static func fill(_ path: String, group: String? = nil) throws -> ResultsFolder {
    let folder = try ResultsFolder(path, creates: true, group: group)
    try folder.files.write([], to: "report.html")
    _ = try Archive.keep([1], in: folder.originals)
    _ = try ReturnFolder(
      try folder.files.folder("return"),
      of: folder,
      policy: ClassPolicy()
    )
    try folder.withBook { try $0.set("name", to: "value") }
    return folder
  }

  private static let kept = "originals/" + Digest.hex(of: [1])

  /// Grades hold what is expected of hidden tests, and a umask of 0 is somebody's.
  @Test(arguments: [0, 0o022, 0o077, 0o777] as [mode_t])
  func newFoldersArePrivate(mask: mode_t) async throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/a/results"
    try FileManager.default.createDirectory(
      atPath: "\(scratch.path)/a",
      withIntermediateDirectories: true
    )
    await #expect(processExitsWith: .success) { [path = path as String, mask = mask as mode_t] in
      umask(mask)
      let folder = try ResultsFolderTests.fill(path)
      // Before SQLite takes its own files away again.
      for name in ["gradebook.sqlite", "gradebook.sqlite-wal", "gradebook.sqlite-shm"] {
        var facts = stat()
        try #require(stat("\(path)/\(name)", &facts) == 0 && facts.st_mode & 0o777 == 0o600)
      }
      try #require(folder.files.remark == nil)
      try folder.close()
    }
    #expect(
      try modes(path) == [
        ".": 0o700, "grades": 0o700, "originals": 0o700, "return": 0o700, ".lock": 0o600,
        "gradebook.sqlite": 0o600, "report.html": 0o600, Self.kept: 0o600,
        "return/grades.csv": 0o600,
      ]
    )
  }

  @Test func groupCanWork() throws {
    let scratch = try Scratch()
    let group = String(cString: try #require(getgrgid(getegid())).pointee.gr_name)
    let path = "\(scratch.path)/results"
    try Self.fill(path, group: group).close()
    #expect(
      try modes(path) == [
        ".": 0o2770, "grades": 0o2770, "originals": 0o2770, "return": 0o2770, ".lock": 0o660,
        "gradebook.sqlite": 0o660, "report.html": 0o660, Self.kept: 0o660,
        "return/grades.csv": 0o660,
      ]
    )
    let again = try ResultsFolder(path, creates: true, group: group)
    #expect(again.files.remark == nil)
    try again.close()
    let plain = try ResultsFolder(path, creates: false)
    #expect(plain.files.remark == nil)
    try plain.close()
  }

  @Test func noSuchGroup() throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/results"
    let fault = try #require(throws: GraderFault.self) {
      _ = try ResultsFolder(path, creates: true, group: "no such group")
    }
    #expect(fault.kind == .usage)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  /// Somebody may have opened it on purpose: its files follow it, and that is said.
  @Test(arguments: [(0o755, 0o644, true), (0o750, 0o640, true), (0o700, 0o600, false)])
  func existingModesStayAndAreTold(mode: Int, file: Int, isTold: Bool) throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/results"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    chmod(path, mode_t(mode))
    let folder = try Self.fill(path)
    let octal = String(mode, radix: 8)
    #expect(folder.files.remark?.contains("keeps its mode (\(octal))") ?? false == isTold)
    #expect(folder.files.remark?.contains("`chmod -R go= ") ?? false == isTold)
    try folder.close()
    let found = try modes(path)
    #expect(found["."] == mode && found["grades"] == mode)
    #expect(found["report.html"] == file && found["return/grades.csv"] == file)
  }

  /// Tables and lists hold it.
  @Test func reasonOfWithheldGradeIsOneLine() {
    let attempt = Attempt(students: ["ann"], originalName: "a.zip", path: "/a.zip", number: 1)
    let fault = GraderFault(.temporary, "It broke.", remedy: "Mend it.", detail: "0.25")
    #expect(BatchTally.Withheld(attempt, fault).reason == "It broke. Mend it.")
  }

  private struct Row: Decodable {
    var score: Double
  }

  /// Space on the disk would not help.
  @Test func unreadableContent() throws {
    let scratch = try Scratch()
    let folder = try ResultsFolder("\(scratch.path)/results", creates: true)
    let fault = try #require(throws: GraderFault.self) {
      try folder.withBook { _ in
        _ = try JSONDecoder().decode([Row].self, from: Data(#"[{"score": "x"}]"#.utf8))
      }
    }
    #expect(fault.kind == .broken)
    #expect(
      fault.what == "The gradebook in \(folder.path) holds what this grader cannot read: "
        + "#1.score: must be a number."
    )
    try folder.close()
  }

  /// The roster that is kept is a table of ours: no cell of it begins a formula.
  @Test func keptRoster() throws {
    let scratch = try Scratch()
    let folder = try ResultsFolder("\(scratch.path)/results", creates: true)
    let (own, kept) = ("\(scratch.path)/own.csv", "\(folder.path)/roster.csv")
    let table = "student number;name\n1;=Ann\n2;山田\n"
    try #require(table.data(using: .shiftJIS)).write(to: URL(filePath: own))
    for roster in [own, kept] {
      try folder.keep(policy: nil, roster: roster)
      #expect(
        try String(contentsOfFile: kept, encoding: .utf8)
          == "student number,name\r\n1,'=Ann\r\n2,山田\r\n"
      )
      #expect(try folder.roster()?.members.map(\.student.name) == ["=Ann", "山田"])
    }
    try folder.close()
  }
}

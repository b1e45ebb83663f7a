import ClassCore
import Foundation
import GraderCore
import GraderRuntime
import Testing

@testable import GraderClass

/// What an attempt wrote is read as far as it is whole, whatever became of its end.
@Suite struct AttemptFileTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private static let records: [AttemptRecord] = [
    .opened(.init(plan: "p", shard: 1, host: "n1", job: "1.0", openedAt: "now")),
    .started(key: "k"),
    .failed(key: "k", fault: .init(kind: 75, reason: "zwölf \"Zeilen\"\n", detail: "d")),
    .refused(reason: "no jail"),
    .ended(interrupted: true),
  ]

  private func written() throws -> (path: String, bytes: [UInt8]) {
    let file = try AttemptFile("a", in: try PrivateFolder("\(scratch.path)/parts"))
    for record in Self.records { try file.add(record) }
    return (file.path, try Files.read(file.path))
  }

  @Test func whatIsWrittenIsRead() throws {
    let (path, bytes) = try written()
    #expect(AttemptFile.records(at: path) == Self.records)
    #expect(bytes.count { $0 == UInt8(ascii: "\n") } == Self.records.count)
    #expect(AttemptFile.names(in: "\(scratch.path)/parts") == ["a.jsonl"])
    #expect(AttemptFile.records(at: "\(scratch.path)/nothing").isEmpty)
  }

  /// Neither a lost end nor one flipped bit gives a record that nobody wrote.
  @Test func tornAndDamagedFilesGiveWholeLinesAlone() throws {
    let (_, bytes) = try written()
    for end in bytes.indices {
      let whole = bytes[..<end].count { $0 == UInt8(ascii: "\n") }
      #expect(AttemptFile.records(in: Array(bytes[..<end])) == Array(Self.records[..<whole]))
    }
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 4
      let lines = bytes[..<place].count { $0 == UInt8(ascii: "\n") }
      #expect(AttemptFile.records(in: damaged) == Array(Self.records[..<lines]))
    }
  }

  /// What stands behind a line that is not whole is not read either.
  @Test func nothingBehindATornLineCounts() throws {
    let (_, bytes) = try written()
    let first = try #require(bytes.firstIndex(of: UInt8(ascii: "\n")))
    #expect(AttemptFile.records(in: Array(bytes[..<(first - 1)]) + bytes[first...]).isEmpty)
  }

  @Test func aFileHasOneWriterEver() throws {
    _ = try written()
    #expect(throws: GraderFault.self) {
      try AttemptFile("a", in: try PrivateFolder("\(scratch.path)/parts"))
    }
  }

  /// A disk without room is a fault of ours that may pass, and half a line is the last.
  @Test func aFullDiskEndsTheFile() async throws {
    await #expect(processExitsWith: .success) { [path = scratch.path as String] in
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 300, rlim_max: 300)
      try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      let file = try AttemptFile("a", in: try PrivateFolder("\(path)/parts"))
      try file.add(.started(key: "k"))
      let long = AttemptRecord.refused(reason: String(repeating: "x", count: 400))
      for record in [long, .started(key: "l")] {
        #expect(throws: GraderFault.self) { try file.add(record) }
      }
      #expect(AttemptFile.records(at: file.path) == [.started(key: "k")])
    }
  }
}

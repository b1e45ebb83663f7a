import Foundation
import Synchronization
import Testing

@testable import GraderRuntime

/// Artefacts are made once, whole or not at all.
@Suite struct CacheTests {
  private func cache(in folder: Folder) throws -> Cache {
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/locks",
      withIntermediateDirectories: true
    )
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/verified",
      withIntermediateDirectories: true
    )
    return Cache(root: folder.path)
  }

  private static let key = String(repeating: "0123456789abcdef", count: 4)

  @Test func madeOnce() throws {
    let folder = try Folder()
    let cache = try cache(in: folder)
    var count = 0
    func artefact() throws -> String {
      try cache.artefact("kit", key: Self.key, isSecret: false) { path throws(GraderFault) in
        count += 1
        try Files.write(Array("made".utf8), to: "\(path)/file")
      }
    }
    let path = try artefact()
    #expect(try artefact() == path)
    #expect(count == 1)
    #expect(path == "\(folder.path)/kit-0123456789abcdef01234567")
    #expect(try String(contentsOfFile: "\(path)/file", encoding: .utf8) == "made")
  }

  /// Each lock is of a descriptor of its own, so threads meet as processes would.
  @Test func madeOnceByManyAtOnce() throws {
    let folder = try Folder()
    let cache = try cache(in: folder)
    let running = Atomic(0)
    let made = Atomic(0)
    let together = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      _ = try? cache.artefact("kit", key: Self.key, isSecret: false) { path throws(GraderFault) in
        if running.add(1, ordering: .relaxed).oldValue > 0 {
          together.add(1, ordering: .relaxed)
        }
        made.add(1, ordering: .relaxed)
        usleep(50_000)
        try Files.write([], to: "\(path)/file")
        running.subtract(1, ordering: .relaxed)
      }
    }
    #expect(made.load(ordering: .relaxed) == 1)
    #expect(together.load(ordering: .relaxed) == 0)
  }

  @Test func otherKeysDoNotWait() throws {
    let folder = try Folder()
    let cache = try cache(in: folder)
    let inner = try cache.artefact("kit", key: Self.key, isSecret: false) {
      _ throws(GraderFault) in
      _ = try cache.artefact("kit", key: "other", isSecret: false) { _ in }
      _ = try cache.artefact("suite", key: Self.key, isSecret: false) { _ in }
    }
    #expect(FileManager.default.fileExists(atPath: inner))
  }

  @Test func failureLeavesNothingFinished() throws {
    let folder = try Folder()
    let cache = try cache(in: folder)
    let fault = GraderFault(.temporary, "no space")
    #expect(throws: fault) {
      try cache.artefact("kit", key: Self.key, isSecret: false) { path throws(GraderFault) in
        try Files.write(Array("half".utf8), to: "\(path)/half")
        throw fault
      }
    }
    let path = try cache.artefact("kit", key: Self.key, isSecret: false) {
      path throws(GraderFault) in
      #expect(Files.names(in: path) == [])
      try Files.write(Array("whole".utf8), to: "\(path)/whole")
    }
    #expect(Files.names(in: path) == [".complete", "whole"])
  }

  @Test func deathLeavesNothingFinishedAndNoLock() async throws {
    let folder = try Folder()
    let cache = try cache(in: folder)
    let root = folder.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [root = root as String] in
      _ = try Cache(root: root).artefact("kit", key: "k", isSecret: false) {
        path throws(GraderFault) in
        try Files.write(Array("half".utf8), to: "\(path)/half")
        raise(SIGKILL)
      }
    }
    #expect(Files.names(in: "\(root)/kit-k") == ["half"])
    let path = try cache.artefact("kit", key: "k", isSecret: false) { _ in }
    #expect(Files.names(in: path) == [".complete"])
  }

  // MARK: Damage

  /// A finished artefact of three files and a link, and how often it was made.
  private final class Made {
    let folder: Folder
    var count = 0

    init() throws { folder = try Folder() }

    /// The artefact's folder as another process finds it.
    func find(_ care: Cache.Care = .remembers) throws -> String {
      try Cache(root: folder.path, care: care).artefact("kit", key: "k", isSecret: false) {
        path throws(GraderFault) in
        count += 1
        try Files.makeFolder("\(path)/modules")
        try Files.write([UInt8](repeating: 7, count: 300_000), to: "\(path)/modules/K.swiftmodule")
        try Files.write(Array("object".utf8), to: "\(path)/K.o")
        try Files.write([], to: "\(path)/empty")
        try Files.link("\(path)/link", to: "/usr/lib")
      }
    }

    /// Writes to a file and dates it as it was.
    func change(_ name: String, _ change: (inout [UInt8]) -> Void) throws {
      let path = "\(folder.path)/kit-k/\(name)"
      var facts = stat()
      try #require(stat(path, &facts) == 0)
      var bytes = try Files.read(path)
      change(&bytes)
      let file = try FileHandle(forWritingTo: URL(filePath: path))
      try file.truncate(atOffset: 0)
      try file.write(contentsOf: bytes)
      try file.close()
      var times = [facts.st_atim, facts.st_mtim]
      try #require(utimensat(AT_FDCWD, path, &times, 0) == 0)
    }
  }

  private func made() throws -> Made {
    let made = try Made()
    _ = try cache(in: made.folder)
    _ = try made.find()
    return made
  }

  @Test(arguments: [Cache.Care.reads, .remembers])
  func wholeArtefactsAreKept(care: Cache.Care) throws {
    let made = try made()
    for _ in 0..<3 { _ = try made.find(care) }
    #expect(made.count == 1)
  }

  @Test(
    arguments: [Cache.Care.reads, .remembers],
    [("modules/K.swiftmodule", 0), ("modules/K.swiftmodule", 299_999), ("K.o", 3)]
  )
  func flippedBitIsFound(care: Cache.Care, place: (name: String, index: Int)) throws {
    let made = try made()
    try made.change(place.name) { $0[place.index] ^= 1 }
    let path = try made.find(care)
    #expect(made.count == 2)
    #expect(try Files.read("\(path)/K.o") == Array("object".utf8))
    _ = try made.find(care)
    #expect(made.count == 2)
  }

  @Test(arguments: [
    "truncate -s 3 K.o", "rm K.o", "echo x >> empty", "rm link; ln -s /usr/share link",
    "sed -i 2d .complete", "truncate -s 0 .complete", "sed -i 's/K.o/L.o/' .complete",
    "rm -r modules", "echo x >> .complete",
  ])
  func otherDamageIsFound(command: String) throws {
    let made = try made()
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = URL(filePath: "\(made.folder.path)/kit-k")
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    for care in [Cache.Care.remembers, .reads, .remembers] { _ = try made.find(care) }
    #expect(made.count == 2)
  }

  /// Disks fail while a machine is off; then everything is read once more.
  @Test func stampOfAnotherBootIsNotBelieved() throws {
    let made = try made()
    let stamp = "\(made.folder.path)/verified/kit-k"
    let text = try String(contentsOfFile: stamp, encoding: .utf8)
    try Data("another \(text.split(separator: " ")[1])".utf8).write(to: URL(filePath: stamp))
    _ = try made.find()
    #expect(try String(contentsOfFile: stamp, encoding: .utf8) == text)
    #expect(made.count == 1)
  }

  @Test func allDamageIsListed() throws {
    let made = try made()
    let cache = Cache(root: made.folder.path)
    _ = try cache.artefact("suite", key: "s", isSecret: true) { _ in }
    #expect(cache.examine().damaged == [])
    #expect(cache.examine().whole == 2)
    try made.change("K.o") { $0[0] ^= 128 }
    #expect(cache.examine().damaged == ["kit-k"])
  }

  @Test(arguments: [(true, 0o700), (false, 0o755)])
  func secretsAreClosed(isSecret: Bool, mode: Int) throws {
    let folder = try Folder()
    let path = try cache(in: folder).artefact("suite", key: Self.key, isSecret: isSecret) { _ in }
    let facts = try FileManager.default.attributesOfItem(atPath: path)
    #expect(facts[.posixPermissions] as? Int == mode)
  }
}

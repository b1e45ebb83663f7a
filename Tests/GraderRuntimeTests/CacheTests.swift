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

  @Test(arguments: [(true, 0o700), (false, 0o755)])
  func secretsAreClosed(isSecret: Bool, mode: Int) throws {
    let folder = try Folder()
    let path = try cache(in: folder).artefact("suite", key: Self.key, isSecret: isSecret) { _ in }
    let facts = try FileManager.default.attributesOfItem(atPath: path)
    #expect(facts[.posixPermissions] as? Int == mode)
  }
}

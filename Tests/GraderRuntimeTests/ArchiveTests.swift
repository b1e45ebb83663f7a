import Foundation
import Sandbox
import Testing

@testable import GraderRuntime

/// An archive's digest and its content are of one file, whatever happens at its path.
@Suite struct ArchiveTests {
  private let folder: Folder
  private let path: String
  private static let digest = "sha256:" + Digest.hex(of: Array("first".utf8))

  init() throws {
    folder = try Folder()
    path = "\(folder.path)/a.zip"
    try folder.write("first", to: "a.zip")
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/kept",
      withIntermediateDirectories: false
    )
  }

  /// The two ways in which the file at a path can become another one.
  enum Change: CaseIterable {
    case replaced, overwritten
  }

  private func make(_ change: Change) throws {
    switch change {
    case .replaced: try folder.write("other", to: "a.zip")
    case .overwritten:
      let file = try FileHandle(forUpdating: URL(filePath: path))
      try file.write(contentsOf: Data("other".utf8))
      try file.close()
    }
  }

  private func content(of archive: Archive) -> String {
    let file = FileHandle(fileDescriptor: archive.content.number)
    return String(decoding: file.readDataToEndOfFile(), as: UTF8.self)
  }

  @Test(arguments: Change.allCases) func staysWhatItWasWhenOpened(change: Change) throws {
    let archive = try Archive(path: path)
    try make(change)
    #expect(archive.digest == Self.digest)
    #expect(content(of: archive) == "first")
  }

  @Test(arguments: Change.allCases) func isKeptAsItWasWhenOpened(change: Change) throws {
    let kept = "\(folder.path)/kept"
    let archive = try Archive(path: path, name: "a.zip", keptIn: kept)
    try make(change)
    let place = Archive.place(of: Self.digest, in: kept)
    #expect(archive.digest == Self.digest)
    #expect(content(of: archive) == "first")
    #expect(Files.names(in: kept) == [(place as NSString).lastPathComponent])
    #expect(try Files.read(place) == Array("first".utf8))
  }

  @Test func isKeptOnce() throws {
    let kept = "\(folder.path)/kept"
    let place = try Archive.keep(Array("first".utf8), in: kept)
    let before = try number(of: place)
    for path in [path, place] {
      let archive = try Archive(path: path, name: "a.zip", keptIn: kept)
      #expect(archive.digest == Self.digest)
      #expect(content(of: archive) == "first")
    }
    #expect(try number(of: place) == before)
    #expect(Files.names(in: kept).count == 1)
  }

  @Test func nameWithoutBytesIsReplaced() throws {
    let kept = "\(folder.path)/kept"
    let place = Archive.place(of: Self.digest, in: kept)
    try Files.put([], to: place)
    _ = try Archive(path: path, name: "a.zip", keptIn: kept)
    #expect(try Files.read(place) == Array("first".utf8))
  }

  private func number(of path: String) throws -> UInt64? {
    try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? UInt64
  }

  @Test func readerCannotChangeIt() throws {
    let kept = "\(folder.path)/kept"
    for archive in [
      try Archive(path: path), try Archive(path: path, name: "a.zip", keptIn: kept),
    ] {
      #expect(fcntl(archive.content.number, F_GETFL) & O_ACCMODE == O_RDONLY)
    }
  }

  @Test(arguments: [
    ("none", "There is no file"), ("kept", "is a folder"), ("pipe", "is a pipe or a device"),
    ("zero", "is a pipe or a device"), ("a.zip/b", "There is no file"),
  ])
  func whatIsNoFileIsRefusedAtOnce(name: String, says: String) throws {
    mkfifo("\(folder.path)/pipe", 0o600)
    symlink("/dev/zero", "\(folder.path)/zero")
    let fault = #expect(throws: GraderFault.self) {
      try Archive(path: "\(folder.path)/\(name)")
    }
    #expect(fault?.kind == .usage)
    #expect(fault?.what.contains(says) == true)
  }

  @Test func onlyItsBeginningIsCopiedWhereItIsTooLong() throws {
    let limit = 256 << 20
    try #require(truncate(path, off_t(limit + 10)) == 0)
    var digest = Digest()
    let piece = [UInt8](repeating: 0, count: 1 << 20)
    digest.add(Array("first".utf8))
    for _ in 0..<limit >> 20 { digest.add(piece) }
    digest.add(piece.prefix(5))
    let expected = digest.hex()
    let archive = try Archive(path: path)
    #expect(archive.digest == "sha256:\(expected)")
    var status = stat()
    #expect(fstat(archive.content.number, &status) == 0)
    #expect(Int(status.st_size) == limit + 1)
  }
}

/// A file is in its place whole, or not at all.
@Suite struct FreshFileTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.write("old", to: "a")
  }

  @Test func isThereWhenItIsPut() throws {
    let file = try FreshFile(for: "\(folder.path)/a")
    try file.write(Array("ne".utf8))
    try file.write(Array("w".utf8))
    #expect(try folder.read("a") == "old")
    try file.put()
    #expect(try folder.read("a") == "new")
    #expect(Files.names(in: folder.path) == ["a"])
  }

  @Test func leavesNothingWhenItIsNotPut() throws {
    do {
      let file = try FreshFile(for: "\(folder.path)/a")
      try file.write(Array("new".utf8))
    }
    #expect(try folder.read("a") == "old")
    #expect(Files.names(in: folder.path) == ["a"])
  }

  @Test func saysWhereItCannotBeWritten() {
    let place = "\(folder.path)/none/a"
    let fault = #expect(throws: GraderFault.self) { _ = try FreshFile(for: place) }
    #expect(fault?.kind == .temporary)
    #expect(fault?.what == "Cannot write \(place): No such file or directory.")
  }
}

import Foundation
import Testing

@testable import GraderRuntime

/// The output of a jailed program is a plain file of its own, or nothing.
@Suite struct WorkFolderTests {
  private let work: WorkFolder

  init() throws { work = try WorkFolder() }

  private func leave(_ text: String, as name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(work.output)/\(name)"))
  }

  @Test func plainFile() throws {
    try leave("object", as: "a.o")
    #expect(work.read("a.o", atMost: 6) == Array("object".utf8))
    let path = try #require(try work.promote("a.o", atMost: 6))
    #expect(path == "\(work.sources)/a.o")
    try leave("later", as: "a.o")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "object")
  }

  @Test func tooLongFile() throws {
    try leave("object", as: "a.o")
    #expect(work.read("a.o", atMost: 5) == nil)
    #expect(try work.promote("a.o", atMost: 5) == nil)
    #expect(!FileManager.default.fileExists(atPath: "\(work.sources)/a.o"))
  }

  @Test(arguments: ["ln -s /etc/passwd x", "echo x > y; ln y x", "mkfifo x", "mkdir x", "true"])
  func trap(script: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-ec", script]
    process.currentDirectoryURL = URL(filePath: work.output)
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    #expect(work.read("x", atMost: 1 << 20) == nil)
    #expect(try work.promote("x", atMost: 1 << 20) == nil)
  }

  @Test func outputIsEmptied() throws {
    try leave("1", as: "a.o")
    try FileManager.default.createDirectory(
      atPath: "\(work.output)/folder/folder",
      withIntermediateDirectories: true
    )
    try FileManager.default.createSymbolicLink(
      atPath: "\(work.output)/link",
      withDestinationPath: work.sources
    )
    _ = try work.add([1], as: "kept.swift")
    try work.clearOutput()
    #expect(Files.names(in: work.output) == [])
    #expect(Files.names(in: work.sources) == ["kept.swift"])
  }

  @Test func goesAwayWithItsValue() throws {
    var other: WorkFolder? = try WorkFolder()
    let root = try #require(other?.root)
    #expect(Files.exists(root))
    other = nil
    #expect(!Files.exists(root))
  }
}

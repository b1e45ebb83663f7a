import Foundation
import GraderRuntime
import Testing

@Suite struct TarWriterTests {
  /// The system's own tar unpacks an archive that is packed here.
  @Test func systemReadsIt() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/chainrule-tar-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let long = String(repeating: "folder/", count: 20) + "終わり.swift"
    let block = String(repeating: "x", count: 1024)
    let files = ["a.swift": "one\n", "b/ü.md": block, long: "", "z": "end"]
    var bytes: [UInt8] = []
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      bytes += TarWriter.header(name: name, size: text.utf8.count)
      bytes += Array(text.utf8) + TarWriter.padding(after: text.utf8.count)
    }
    try Data(bytes + TarWriter.end).write(to: URL(filePath: folder + "/x.tar"))
    let tar = Process()
    tar.executableURL = URL(filePath: "/bin/tar")
    tar.arguments = ["-xf", "x.tar"]
    tar.environment = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
    tar.currentDirectoryURL = URL(filePath: folder)
    try tar.run()
    tar.waitUntilExit()
    #expect(tar.terminationStatus == 0)
    for (name, text) in files {
      #expect(try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) == text)
    }
  }
}

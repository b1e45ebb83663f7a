import Foundation

/// Real readers of the formats, run on what this package writes.
package enum Checker {
  /// The verdict of a reader.
  package struct Answer {
    /// The end of the program.
    package var status: Int32
    /// Its output, errors included.
    package var output: String
  }

  /// A file of the repository's fixtures.
  package static func fixture(_ name: String) -> String {
    let here = URL(filePath: #filePath)
    let tests = (0..<2).reduce(here) { url, _ in url.deletingLastPathComponent() }
    return tests.appending(path: "Fixtures/\(name)").path
  }

  /// Runs a program on texts, each of which becomes a file.
  ///
  /// The words `@0`, `@1` and so on stand for the files.
  package static func run(_ program: String, _ arguments: [String], on texts: String...) throws
    -> Answer
  {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chainrule-formats-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var words = arguments
    for (index, text) in texts.enumerated() {
      let file = folder.appending(path: "\(index)")
      try Data(text.utf8).write(to: file)
      words = words.map { $0 == "@\(index)" ? file.path : $0 }
    }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + words
    let output = folder.appending(path: "output")
    try Data().write(to: output)
    let handle = try FileHandle(forWritingTo: output)
    (process.standardOutput, process.standardError) = (handle, handle)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
    return Answer(status: process.terminationStatus, output: text)
  }
}

import Foundation

/// Runs programs as a shell would, and tells what came of them.
enum Program {
  struct Run: Sendable {
    /// The exit status; 128 and more for a signal.
    var status: Int32
    var output: String
    var errors: String
    var seconds: Double
  }

  /// Runs a program; what takes longer than so many seconds is killed and fails.
  static func run(
    _ executable: String,
    _ arguments: [String],
    environment: [String: String] = [:],
    in folder: String = "/",
    longest: Int = 240
  ) throws -> Run {
    // Files and not pipes: nobody has to read two streams at once.
    let base = FileManager.default.temporaryDirectory.path + "/chainrule-run-\(UUID().uuidString)"
    defer { for end in ["out", "err"] { try? FileManager.default.removeItem(atPath: base + end) } }
    let files = try ["out", "err"].map { end in
      try Data().write(to: URL(filePath: base + end))
      return try FileHandle(forUpdating: URL(filePath: base + end))
    }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/timeout")
    process.arguments = ["-s", "KILL", "\(longest)", executable] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardInput = FileHandle.nullDevice
    (process.standardOutput, process.standardError) = (files[0], files[1])
    let start = SuspendingClock.now
    try process.run()
    process.waitUntilExit()
    let seconds = (SuspendingClock.now - start) / .seconds(1)
    let signalled = process.terminationReason == .uncaughtSignal
    return Run(
      status: process.terminationStatus + (signalled ? 128 : 0),
      output: try text(of: files[0]),
      errors: try text(of: files[1]),
      seconds: seconds
    )
  }

  private static func text(of file: FileHandle) throws -> String {
    try file.seek(toOffset: 0)
    return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
  }

  /// A program that is built with the tests and lies beside the test bundle.
  static func beside(_ name: String) -> String {
    let bundle = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appending(path: name).path
  }
}

/// The repository that these tests belong to.
enum Repository {
  static let root: String = {
    let here = URL(filePath: #filePath)
    return (0..<4).reduce(here) { url, _ in url.deletingLastPathComponent() }.path
  }()
}

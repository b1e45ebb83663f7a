import Foundation
import GraderCore

/// The reader as built, run without the jail but with its limit on memory, and half its processor
/// time.
enum Reader {
  struct Run {
    var answer: ReaderAnswer
    var output: [UInt8]
  }

  static func run(
    _ archive: URL,
    _ assignments: [IntakeAssignment],
    limits: IntakeLimits = IntakeLimits(),
    in folder: URL? = nil
  ) throws -> Run {
    let request = ReaderRequest(assignments.map(\.handIn), limits: limits).text
    let (end, output) = try run(
      try FileHandle(forReadingFrom: archive),
      request: request,
      in: folder
    )
    return Run(
      answer: ReaderAnswer(output: output, end: end, limits: limits),
      output: output
    )
  }

  static func run(
    _ input: Any,
    request: String,
    in folder: URL? = nil
  ) throws -> (ReaderEnd, [UInt8]) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    // The shell puts the request on descriptor 3: Foundation cannot.
    let limits = "ulimit -v 1048576; ulimit -t 10; exec \"$0\" 3<<END\n\(request)\nEND\n"
    process.arguments = ["-c", limits, executable.path]
    process.standardInput = input
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    let status = process.terminationStatus
    return (process.terminationReason == .exit ? .exited(status) : .signalled(status), output)
  }

  /// Beside the test bundle, where the package manager puts all products.
  private static let executable: URL = {
    let bundle = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appending(path: "grader-intake")
  }()
}

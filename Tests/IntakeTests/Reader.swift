import Foundation
import GraderCore

/// The reader as built, run without a jail on a file.
enum Reader {
  /// Beside the test bundle, where the package manager puts all products.
  static let executable: URL = {
    let bundle = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    var folder = bundle.deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appending(path: "grader-intake")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    return folder
  }()

  struct Run {
    var answer: ReaderAnswer
    var output: [UInt8]
    var seconds: Double
  }

  static func run(
    _ archive: URL,
    _ assignments: [IntakeAssignment],
    limits: IntakeLimits = IntakeLimits()
  ) throws -> Run {
    let process = Process()
    process.executableURL = executable
    process.arguments = [ReaderRequest(assignments.map(\.handIn), limits: limits).text]
    process.standardInput = try FileHandle(forReadingFrom: archive)
    let pipe = Pipe()
    process.standardOutput = pipe
    let start = ContinuousClock.now
    try process.run()
    let output = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    let end: ReaderEnd =
      process.terminationReason == .exit
      ? .exited(process.terminationStatus) : .signalled(process.terminationStatus)
    return Run(
      answer: ReaderAnswer(output: output, end: end, limits: limits),
      output: output,
      seconds: elapsed
    )
  }
}

import Foundation
import GraderCore
import Sandbox

/// Programs that we trust, on inputs that we trust: the toolchain, while artefacts are prepared.
package enum Tool {
  /// The result of a program.
  package struct Result {
    /// The exit status; -1 for a signal.
    package var status: Int32
    var output: [UInt8]
    var error: [UInt8]

    /// The text on standard output.
    package var outputText: String { String(decoding: output, as: UTF8.self) }
    /// The text on standard error.
    package var errorText: String { String(decoding: error, as: UTF8.self) }
  }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - executable: Its path.
  ///   - arguments: What it is told.
  ///   - directory: Where it runs; here if nil.
  ///   - environment: All that it sees of it; ours if nil.
  ///   - input: What it reads.
  /// - Returns: How it ended and what it said, whatever its status.
  /// - Throws: A fault when it cannot be started.
  package static func run(
    _ executable: String,
    _ arguments: [String],
    in directory: String? = nil,
    environment: [String: String]? = nil,
    input: String = ""
  ) throws(GraderFault) -> Result {
    // Files and not pipes: nobody has to read two streams at once.
    let folder = try Files.makeTemporaryFolder()
    defer { Files.remove(folder) }
    do {
      try Files.write([], to: "\(folder)/output")
      try Files.write([], to: "\(folder)/error")
      try Files.write(Array(input.utf8), to: "\(folder)/input")
      let process = Process()
      process.executableURL = URL(filePath: executable)
      process.arguments = arguments
      if let directory { process.currentDirectoryURL = URL(filePath: directory) }
      // SwiftPM leaves folders and locks where temporary files go.
      process.environment = (environment ?? ProcessInfo.processInfo.environment)
        .merging(["TMPDIR": folder]) { $1 }
      process.standardInput = try FileHandle(forReadingFrom: URL(filePath: "\(folder)/input"))
      process.standardOutput = try FileHandle(forWritingTo: URL(filePath: "\(folder)/output"))
      process.standardError = try FileHandle(forWritingTo: URL(filePath: "\(folder)/error"))
      try process.run()
      process.waitUntilExit()
      return Result(
        status: process.terminationReason == .exit ? process.terminationStatus : -1,
        output: try Files.read("\(folder)/output"),
        error: try Files.read("\(folder)/error")
      )
    } catch let fault as GraderFault {
      throw fault
    } catch {
      throw GraderFault(.cannotRun(executable, .init(error)))
    }
  }

  /// Runs a program whose failure means that the course or the machine is broken.
  static func demand(_ executable: String, _ arguments: [String]) throws(GraderFault) {
    let result = try run(executable, arguments)
    guard result.status == 0 else {
      let said = (result.errorText + result.outputText).suffix(4_000)
      let command = ([executable] + arguments.prefix(2)).joined(separator: " ")
      throw GraderFault(.toolFailed(command, String(said)))
    }
  }
}

extension Jail {
  /// Starts a program in the jail.
  func start(_ command: Command, policy: JailPolicy) throws(GraderFault) -> Child {
    try GraderFault.sandboxed { () throws(SandboxFault) in try wrap(command, policy).spawn() }
  }
}

extension Child {
  /// Waits for the end, or kills the program when the deadline has passed.
  consuming func end(by deadline: SuspendingClock.Instant) throws(GraderFault) -> Outcome {
    do throws(SandboxFault) {
      return try wait(until: deadline)
    } catch {
      throw GraderFault(sandbox: error)
    }
  }
}

extension GraderFault {
  /// Runs code of the sandbox; its failure becomes one of ours.
  static func sandboxed<Value: ~Copyable>(
    _ body: () throws(SandboxFault) -> Value
  ) throws(GraderFault) -> Value {
    do throws(SandboxFault) {
      return try body()
    } catch {
      throw GraderFault(sandbox: error)
    }
  }

  /// A failure of the sandbox, which says nothing about the program in it.
  init(sandbox fault: SandboxFault) { self.init(.sandbox(fault)) }
}

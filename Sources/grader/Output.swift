import ArgumentParser
import ClassCore
import Foundation
import GraderRuntime

/// The ways out of the program: standard output holds the result and nothing else.
enum Output {
  /// Writes a text to a file, or prints it; a new file for staff is the user's alone.
  static func write(
    _ text: String,
    to path: String?,
    isForStaff: Bool = false
  ) throws(GraderFault) {
    guard let path else {
      print(text)
      return
    }
    let bytes = Array((text + "\n").utf8)
    guard isForStaff, !Files.exists(path) else { return try write(bytes, to: path) }
    do throws(GraderFault) {
      let file = try FreshFile(for: path, mode: 0o600)
      try file.write(bytes)
      try file.put()
    } catch {
      guard case .cannot(let action, let path, let reason, _) = error.fact else { throw error }
      throw GraderFault(.cannot(action, path, reason, of: .theirs))
    }
  }

  static func write(_ bytes: [UInt8], to path: String) throws(GraderFault) {
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw GraderFault(.cannot(.write, path, .init(error), of: .theirs))
    }
  }

  /// A remark for the person at the terminal.
  static func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}

/// Ways to end that are neither success nor a fault.
enum ExitStatus: Error {
  case belowThreshold
}

/// Turns faults into a message and an exit status.
enum Exit {
  /// Prints the account of a run over a class, and ends with its status.
  static func end(_ tally: BatchTally, _ summary: String) throws {
    print(summary)
    if tally.exitStatus != 0 { throw ExitCode(tally.exitStatus) }
  }

  static func onFault(_ body: () throws -> Void) throws {
    let listeners = Interruption.listen()
    defer { withExtendedLifetime(listeners) {} }
    do {
      try body()
    } catch let fault as GraderFault {
      Output.note("grader: \(fault)")
      throw ExitCode(fault.kind.rawValue)
    } catch ExitStatus.belowThreshold {
      throw ExitCode(1)
    }
  }
}

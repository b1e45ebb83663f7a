import ArgumentParser
import Foundation
import GraderRuntime

/// The ways out of the program: standard output holds the result and nothing else.
enum Output {
  static func write(_ text: String, to path: String?) throws(GraderFault) {
    guard let path else {
      print(text)
      return
    }
    try write(Array((text + "\n").utf8), to: path)
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

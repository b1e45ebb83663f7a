/// The end of a program and its use of the machine, as its supervisor measured it.
package struct Outcome: Equatable, Sendable {
  /// The way a process ends.
  package enum Ending: Equatable, Sendable {
    case exited(code: Int32)
    case signaled(Int32)
  }

  /// The end of the program.
  package var ending: Ending
  /// True if the caller's deadline, or the caller, ended it.
  package var stoppedByDeadline: Bool
  /// User and system time of the program, in seconds.
  package var cpuSeconds: Double
  /// Time from the spawn to the end, in seconds.
  package var wallSeconds: Double
  /// The largest resident size of the program.
  package var peakMemoryBytes: Int
  /// The part of its standard output that was kept.
  package var standardOutput: Captured
  /// The part of its standard error that was kept.
  package var standardError: Captured
  /// The defences in force when the program started; `nil` when it was stopped before it started.
  package var enforcement: Enforcement?
}

/// The beginning of an output stream, and how long the stream was.
package struct Captured: Equatable, Sendable {
  /// The first bytes, at most the command's `outputCap`.
  package var bytes: [UInt8] = []
  /// The number of bytes that the program wrote.
  package var totalBytes = 0

  /// True if something was dropped.
  package var isTruncated: Bool { totalBytes > bytes.count }

  /// The bytes as text, what is not UTF-8 replaced: untrusted, to be escaped before it is shown.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append(_ chunk: ArraySlice<UInt8>, cap: Int) {
    bytes += chunk.prefix(max(0, cap - bytes.count))
    totalBytes += chunk.count
  }
}

/// The defences that the launcher reports to have put in force.
package struct Enforcement: Equatable, Sendable, Codable {
  /// Version of the Landlock interface that was used; 0 when none was.
  package var landlockVersion: Int
  /// Version that the kernel offers; 0 when unknown.
  package var kernelLandlockVersion: Int
  /// Name of the filter of system calls.
  package var filter: String
  /// The user the program ran as, in its own namespace.
  package var user: UInt32
}

/// The launcher's words on its status descriptor, which no jailed program holds.
struct LauncherReport: Equatable {
  var enforcement: Enforcement?
  var fault: Fault?
  var end: End?

  /// The reason why the jail broke.
  struct Fault: Equatable {
    var code: Int32
    var what: String

    /// One that may pass is the system's, and tells nothing about the jail.
    var error: SandboxFault {
      let error = SystemError(code: code)
      let call = what.hasSuffix(": \(error)") ? what.dropLast("\(error)".count + 2) : what[...]
      return error.mayPass ? .system(call: String(call), error) : .launcherBroke(what)
    }
  }

  /// The signal that ended a launcher, whoever passed it on.
  static func signal(in waitStatus: Int32) -> Int32? {
    let (signal, code) = (waitStatus & 0x7f, (waitStatus >> 8) & 0xff)
    return signal != 0 ? signal : code > 128 ? code - 128 : nil
  }

  struct End: Equatable {
    var waitStatus: Int32
    var wasKilled: Bool
    var cpuMicroseconds: Int
    var peakKibibytes: Int

    var ending: Outcome.Ending {
      let signal = waitStatus & 0x7f
      return signal == 0 ? .exited(code: (waitStatus >> 8) & 0xff) : .signaled(signal)
    }
  }

  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      let fields = Fields(words.dropFirst())
      switch words.first {
      case "ready": enforcement = Enforcement(fields)
      case "ended": end = End(words.dropFirst().first, fields)
      case "fault":
        fault = Fault(
          code: words.dropFirst().first.flatMap { Int32($0) } ?? 0,
          what: words.dropFirst(2).joined(separator: " ")
        )
      default: break
      }
    }
  }
}

/// The `name=value` words of a line.
private struct Fields {
  private var values: [Substring: Substring] = [:]

  init(_ words: ArraySlice<Substring>) {
    for word in words {
      let pair = word.split(separator: "=", maxSplits: 1)
      if pair.count == 2 { values[pair[0]] = pair[1] }
    }
  }

  subscript(name: Substring) -> Substring? { values[name] }
  func number(_ name: Substring) -> Int? { values[name].flatMap { Int($0) } }
}

extension Enforcement {
  fileprivate init?(_ fields: Fields) {
    guard
      let versions = fields["landlock"]?.split(separator: "/").compactMap({ Int($0) }),
      versions.count == 2, let filter = fields["filter"], let user = fields.number("uid")
    else { return nil }
    self.init(
      landlockVersion: versions[0],
      kernelLandlockVersion: versions[1],
      filter: String(filter),
      user: UInt32(truncatingIfNeeded: user)
    )
  }
}

extension LauncherReport.End {
  fileprivate init?(_ status: Substring?, _ fields: Fields) {
    guard
      let status = status.flatMap({ Int32($0) }), let killed = fields.number("killed"),
      let cpu = fields.number("cpu"), let peak = fields.number("peak")
    else { return nil }
    self.init(
      waitStatus: status,
      wasKilled: killed != 0,
      cpuMicroseconds: cpu,
      peakKibibytes: peak
    )
  }
}

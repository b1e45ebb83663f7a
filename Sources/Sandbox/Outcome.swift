/// How a program ended and what it used, as its supervisor measured it.
public struct Outcome: Equatable, Sendable {
  /// The way a process ends.
  public enum Ending: Equatable, Sendable {
    case exited(code: Int32)
    case signaled(Int32)
  }

  /// How the program ended.
  public var ending: Ending
  /// Whether the caller's deadline, or the caller, ended it.
  public var stoppedByDeadline: Bool
  /// User and system time of the program, in seconds.
  public var cpuSeconds: Double
  /// Time from the spawn to the end, in seconds.
  public var wallSeconds: Double
  /// The largest resident size of the program.
  public var peakMemoryBytes: Int
  /// What was kept of its standard output.
  public var standardOutput: Captured
  /// What was kept of its standard error.
  public var standardError: Captured
  /// What was in force when the program started; `nil` when it was stopped before it started.
  public var enforcement: Enforcement?
}

/// The beginning of an output stream, and how long the stream was.
public struct Captured: Equatable, Sendable {
  /// The first bytes, at most the command's `outputCap`.
  public var bytes: [UInt8] = []
  /// How many bytes the program wrote.
  public var totalBytes = 0

  /// Whether something was dropped.
  public var isTruncated: Bool { totalBytes > bytes.count }

  /// The bytes as text, what is not UTF-8 replaced: untrusted, to be escaped before it is shown.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append(_ chunk: ArraySlice<UInt8>, cap: Int) {
    bytes += chunk.prefix(max(0, cap - bytes.count))
    totalBytes += chunk.count
  }
}

/// What the launcher reports to have put in force.
public struct Enforcement: Equatable, Sendable, Codable {
  /// Version of the Landlock interface that was used; 0 when none was.
  public var landlockVersion: Int
  /// Version that the kernel offers; 0 when unknown.
  public var kernelLandlockVersion: Int
  /// Name of the filter of system calls.
  public var filter: String
  /// The user the program ran as, in its own namespace.
  public var user: UInt32
}

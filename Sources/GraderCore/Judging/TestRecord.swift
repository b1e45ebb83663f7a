package import JudgeEvents

/// All that is known of one run of one test, before anybody judges it.
package struct TestRecord: Sendable {
  /// The end of a process.
  package enum End: Equatable, Sendable {
    /// It called `exit` or returned from `main`.
    case exited(Int32)
    /// A signal ended it.
    case signaled(Int32)
    /// It was still running when it was no longer needed.
    case dismissed
    /// It was killed when the wall clock ran out.
    case stoppedAtDeadline
  }

  /// The events that the judge wrote.
  package var events: [JudgeEvent]
  /// The worker's end.
  package var worker: End
  /// The judge's end.
  package var judge: End
  /// The time and memory that the worker's process used.
  package var usage: Usage
  /// The place of the worker's trap, if it could be found out.
  package var trap: Trap?
  /// The last of what the student's code printed, made harmless.
  package var output: String
  /// The limits it ran under.
  package var limits: GradingLimits

  /// The time and memory of a process, by the system's own accounting.
  package struct Usage: Codable, Equatable, Sendable {
    /// Processor time, in seconds.
    package var cpuSeconds: Double
    /// Time from start to end, in seconds.
    package var wallSeconds: Double
    /// The largest resident memory, in bytes.
    package var peakMemoryBytes: Int

    /// These figures.
    package init(cpuSeconds: Double, wallSeconds: Double, peakMemoryBytes: Int) {
      self.cpuSeconds = cpuSeconds
      self.wallSeconds = wallSeconds
      self.peakMemoryBytes = peakMemoryBytes
    }
  }

  /// A record of these facts.
  package init(
    events: [JudgeEvent],
    worker: End,
    judge: End,
    usage: Usage,
    trap: Trap?,
    output: String,
    limits: GradingLimits
  ) {
    self.events = events
    self.worker = worker
    self.judge = judge
    self.usage = usage
    self.trap = trap
    self.output = output
    self.limits = limits
  }
}

/// The place and kind of a program's trap.
///
/// It comes from the untrusted process and only decorates a verdict that the system's exit status
/// already gave.
package struct Trap: Equatable, Sendable {
  /// The kind of trap, such as `Index out of range`, if the compiler's name for it is known.
  package var kind: String?
  /// The student's file, by its path in the hand-in.
  package var file: String?
  /// The line in that file, from 1.
  package var line: Int?
  /// True if the memory's end was the cause.
  package var outOfMemory: Bool

  /// These facts.
  package init(kind: String?, file: String?, line: Int?, outOfMemory: Bool = false) {
    self.kind = kind
    self.file = file
    self.line = line
    self.outOfMemory = outOfMemory
  }
}

import Foundation
import GraderCore
import Sandbox

/// Waits for the end of a jailed run, and sees what the clock's time went for.
///
/// The clock is for a program that waits by its own choice. One that computes is ended by its
/// processor time, and what others took from it is not counted.
struct Watch {
  /// The most that a run may take.
  struct Allowance {
    /// Processor time, in seconds.
    var cpuSeconds: Int
    /// Waiting, in seconds.
    var wallSeconds: Double
    /// Memory, in bytes.
    var memoryBytes: Int
  }

  private let allowance: Allowance
  private let last: SuspendingClock.Instant
  private let kills = MemoryPressure.kills()
  private var processes: ProcessWatch
  private var sheet = TimeSheet()

  /// The most that a run may take, whatever hindered it, in times of what it may wait.
  private static let mostTimesOver = 20.0

  /// The time between two looks.
  private static let step = 0.25

  /// A watch over processes and all below them, which begins now.
  init(_ processes: ProcessWatch, allowance: Allowance) {
    (self.processes, self.allowance) = (processes, allowance)
    last = .now + .seconds(allowance.wallSeconds * Self.mostTimesOver)
  }

  /// Waits until the run has ended, or has waited or been stopped for too long.
  ///
  /// - Parameter hasEnded: Waits for the end until some time, and tells whether it has come.
  /// - Returns: True if it has ended.
  mutating func waits(for hasEnded: (SuspendingClock.Instant) -> Bool) -> Bool {
    let patience = allowance.wallSeconds
    while !hasEnded(.now + .seconds(min(Self.step, max(0.01, patience - sheet.idle)))) {
      sheet.add(processes.look())
      if sheet.idle >= patience || sheet.stopped >= patience || .now >= last { return false }
    }
    return true
  }

  /// All that was seen of a run that ended so.
  func facts(of outcome: Outcome, end: TestRecord.End) -> RunFacts {
    var facts = RunFacts(
      end: end,
      cpuSeconds: outcome.cpuSeconds,
      cpuLimit: allowance.cpuSeconds,
      peakMemoryBytes: outcome.peakMemoryBytes,
      memoryLimit: allowance.memoryBytes,
      wallLimit: allowance.wallSeconds
    )
    facts.idleSeconds = sheet.idle
    facts.hindrances = [
      .stopped: sheet.stopped, .starved: sheet.starved, .blocked: sheet.blocked,
      .unseen: sheet.unseen,
    ]
    facts.systemKills = MemoryPressure.kills() - kills
    return facts
  }
}

extension TestRecord.End {
  init(_ ending: Outcome.Ending) {
    switch ending {
    case .exited(let code): self = .exited(code)
    case .signaled(let signal): self = .signaled(signal)
    }
  }
}

import Foundation
import Synchronization

/// The time that phases of grading took, for people who make it faster: in no digest and no grade.
package final class PhaseTimes: Sendable {
  /// The phases, in the order in which a submission meets them.
  package enum Phase: String, CaseIterable, Sendable {
    case intake
    case preparation
    case imports
    case module
    case main
    case link
    case tests
    case naming
    case counterexamples
  }

  /// Times of one phase.
  private struct Sum {
    var times = 0
    var seconds = 0.0
  }

  private let sums = Mutex<[Phase: Sum]>([:])
  private let started = SuspendingClock.now

  /// No times yet; the clock of the whole begins now.
  package init() {}

  /// Does something, and adds its time to that of a phase.
  func measure<Value: ~Copyable, Failure: Error>(
    _ phase: Phase,
    _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let start = SuspendingClock.now
    defer {
      let seconds = (SuspendingClock.now - start) / .seconds(1)
      sums.withLock { sums in
        sums[phase, default: Sum()].times += 1
        sums[phase, default: Sum()].seconds += seconds
      }
    }
    return try body()
  }

  /// A table of the seconds by the clock of each phase and how often it was met.
  ///
  /// Phases of submissions that are graded side by side add up to more than the whole.
  package var text: String {
    let sums = sums.withLock { $0 }
    var lines = Phase.allCases.compactMap { phase in
      sums[phase].map { Self.line(phase.rawValue, $0.seconds) + Self.padded("\($0.times)", to: 7) }
    }
    lines.append(Self.line("whole", (SuspendingClock.now - started) / .seconds(1)))
    return lines.joined(separator: "\n")
  }

  private static func line(_ name: String, _ seconds: Double) -> String {
    name + padded(String(format: "%.3f s", seconds), to: 28 - name.count)
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }
}

internal import Foundation
import JudgeEvents
internal import Synchronization

/// Writes events to the private file that the grader opened for this test.
final class EventLog: Sendable {
  /// The most bytes that a test's events may have; no honest test comes near it.
  static let capacity = 32 << 20

  let descriptor: Int32
  private let written = Mutex(0)

  /// A log in a file that stays the caller's.
  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Writes an event, if there is room for it and was for all before.
  ///
  /// - Returns: Whether it was written.
  func keep(_ event: JudgeEvent) -> Bool {
    let line = Self.line(of: event)
    let total = written.withLock { total in
      total += line.count
      return total
    }
    guard total <= Self.capacity else { return false }
    write(line)
    return true
  }

  /// Writes an event that no verdict can do without.
  func write(_ event: JudgeEvent) { write(Self.line(of: event)) }

  private func write(_ line: Data) {
    let count = line.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
    guard count == line.count else { exit(70) }
  }

  private static func line(of event: JudgeEvent) -> Data {
    // Without events there is no verdict, so a judge that cannot write has nothing left to do.
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: JudgeEvent.nonFinite.infinity,
      negativeInfinity: JudgeEvent.nonFinite.negativeInfinity,
      nan: JudgeEvent.nonFinite.nan
    )
    guard var line = try? encoder.encode(event) else { exit(70) }
    line.append(UInt8(ascii: "\n"))
    return line
  }
}

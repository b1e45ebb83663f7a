internal import Foundation
import JudgeEvents

/// Writes events to the private file that the grader opened for this test.
struct EventLog: Sendable {
  let descriptor: Int32

  func write(_ event: JudgeEvent) {
    // Without events there is no verdict, so a judge that cannot write has nothing left to do.
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: JudgeEvent.nonFinite.infinity,
      negativeInfinity: JudgeEvent.nonFinite.negativeInfinity,
      nan: JudgeEvent.nonFinite.nan
    )
    guard var line = try? encoder.encode(event) else { exit(70) }
    line.append(UInt8(ascii: "\n"))
    let written = line.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
    guard written == line.count else { exit(70) }
  }
}

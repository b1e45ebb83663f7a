import Foundation
import GraderCore
import JudgeEvents

extension PrivateFile {
  /// The most bytes of a test's events; a judge ends its log earlier.
  private static let mostBytes = 40 << 20

  /// All events that a judge wrote.
  func events() throws(GraderFault) -> [JudgeEvent] {
    guard size <= Self.mostBytes else {
      throw GraderFault(.broken, "The judge wrote events of \(size >> 20) MiB.")
    }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: JudgeEvent.nonFinite.infinity,
      negativeInfinity: JudgeEvent.nonFinite.negativeInfinity,
      nan: JudgeEvent.nonFinite.nan
    )
    var events: [JudgeEvent] = []
    for line in contents().split(separator: UInt8(ascii: "\n")) {
      guard let event = try? decoder.decode(JudgeEvent.self, from: Data(line)) else {
        throw GraderFault(
          .broken,
          "The judge wrote an event that cannot be read: "
            + "\(Printable.line(String(decoding: line, as: UTF8.self)))."
        )
      }
      events.append(event)
    }
    return events
  }
}

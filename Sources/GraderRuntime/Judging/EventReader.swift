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
    for line in lines() {
      guard let event = try? decoder.decode(JudgeEvent.self, from: line) else {
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

  /// The lines that are not empty, of which a test that asks much has thousands.
  private func lines() -> [Data] {
    contents().withUnsafeBytes { bytes in
      var lines: [Data] = []
      var start = 0
      while start < bytes.count, let address = bytes.baseAddress {
        let line = address + start
        let end = memchr(line, Int32(UInt8(ascii: "\n")), bytes.count - start)
        let count = end.map { UnsafeRawPointer($0) - line } ?? bytes.count - start
        if count > 0 { lines.append(Data(bytes: line, count: count)) }
        start += count + 1
      }
      return lines
    }
  }
}

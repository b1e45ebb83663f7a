package import Foundation

/// A date and time as a name spells it, without a zone: `2026-04-30-23-59-59`.
package struct WallTime: Hashable, Sendable {
  /// The text.
  package let text: String

  /// Fails unless the text is a time that exists.
  package init?(_ text: some StringProtocol) {
    let fields = text.split(separator: "-", omittingEmptySubsequences: false)
    let widths = [4, 2, 2, 2, 2, 2]
    guard fields.count == widths.count,
      zip(fields, widths).allSatisfy({ $0.utf8.count == $1 && $0.isDigits })
    else { return nil }
    self.text = String(text)
    let (calendar, components) = parts(in: .gmt)
    guard components.isValidDate(in: calendar) else { return nil }
  }

  /// The instant, where clocks show the time of this zone; of two the first, and of a time that
  /// clocks skip the one as long after the last that they show.
  package func date(in zone: TimeZone) -> Date? {
    let (calendar, components) = parts(in: zone)
    return calendar.date(from: components)
  }

  private func parts(in zone: TimeZone) -> (Calendar, DateComponents) {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let numbers = text.split(separator: "-").compactMap { Int($0) }
    let components = DateComponents(
      calendar: calendar,
      timeZone: zone,
      year: numbers[0],
      month: numbers[1],
      day: numbers[2],
      hour: numbers[3],
      minute: numbers[4],
      second: numbers[5]
    )
    return (calendar, components)
  }
}

extension StringProtocol {
  /// True if all of it is digits, and there is one.
  var isDigits: Bool { !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) } }
}

import Foundation
import GraderCore

/// Reads times as people write them; a text that is not understood to its last letter is none.
///
/// The year comes first, the clock has 24 or 12 hours, and a zone may follow:
/// `2026-04-30 23:59`, `2026/4/30 11:59 PM`, `2026-04-30T23:59:59+09:00`, `2026-04-30 22:30 UTC`,
/// `2026-04-30 23:59 Europe/Berlin`.
enum TimeText {
  /// The last instant that a text still means, in whole seconds.
  ///
  /// A minute without seconds lasts to its end, as Canvas has it. Of an hour that clocks show twice
  /// the second counts; a time that clocks skip is none.
  ///
  /// - Parameters:
  ///   - text: The time.
  ///   - zone: The zone of a text that names none.
  /// - Returns: The instant; nil if it is not understood, or if no zone is known.
  static func instant(_ text: String, in zone: TimeZone?) -> Date? {
    let match = text.trimmed.wholeMatch(
      of:
        #/
        (?<year>[0-9]{4})([-\/.])(?<month>[0-9]{1,2})\2(?<day>[0-9]{1,2})
        (?:[Tt]|,?\x20+)
        (?<hour>[0-9]{1,2})([:.])(?<minute>[0-9]{2})(?:\6(?<second>[0-9]{2})(?:[.,][0-9]+)?)?
        (?:\x20*(?<half>[AaPp])\.?[Mm]\b\.?)?
        (?<zone>(?:|\x20*[-+Zz−].*|\x20.*))
        /#
    )
    guard let match else { return nil }
    let rest = match.output.zone.trimmed
    guard let zone = rest.isEmpty ? zone : self.zone(String(rest)),
      let year = Int(match.output.year), let month = Int(match.output.month),
      let day = Int(match.output.day), let minute = Int(match.output.minute),
      let hour = hour(match.output.hour, half: match.output.half ?? "")
    else { return nil }
    let second = match.output.second.flatMap { Int($0) } ?? 59
    let wanted = DateComponents(
      year: year,
      month: month,
      day: day,
      hour: hour,
      minute: minute,
      second: second
    )
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    guard let first = calendar.date(from: wanted) else { return nil }
    // Clocks go back by an hour, in one place by half of it.
    return [3600, 1800, 0].lazy.map { first.addingTimeInterval($0) }.first { date in
      calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date) == wanted
    }
  }

  /// The hour of the day; `half` is the first letter of am or pm.
  private static func hour(_ text: Substring, half: Substring) -> Int? {
    guard let hour = Int(text) else { return nil }
    if half.isEmpty { return hour }
    guard (1...12).contains(hour) else { return nil }
    return hour % 12 + (half.lowercased() == "p" ? 12 : 0)
  }

  /// A zone by its offset, by the name of a place, or UTC; other short names mean several zones.
  private static func zone(_ text: String) -> TimeZone? {
    var offset = text.uppercased().replacing("−", with: "-")
    for name in ["UTC", "GMT"] where offset.hasPrefix(name) { offset.removeFirst(name.count) }
    if offset.isEmpty || offset == "Z" { return .gmt }
    guard let match = offset.wholeMatch(of: /([-+])([0-9]{1,2})(?::?([0-9]{2}))?/) else {
      return text.contains("/") ? TimeZone(identifier: text) : nil
    }
    guard let hours = Int(match.output.2), hours <= 14,
      let minutes = Int(match.output.3 ?? "0"), minutes < 60
    else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return TimeZone(secondsFromGMT: match.output.1 == "-" ? -seconds : seconds)
  }
}

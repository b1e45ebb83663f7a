import Foundation

/// `123-456 - Jane Doe - Apr 30, 2026 1159 PM/file`, and flat with ` - file` behind it.
///
/// The numbers are Brightspace's own, the time is of the course's clock, in the order that the
/// site's language has.
struct BrightspaceDialect: Dialect {
  func kind(of path: ListedPath) -> DownloadKind? {
    guard case .file = piece(path) else { return nil }
    return .brightspace
  }

  func piece(_ path: ListedPath) -> Piece? {
    if path.isFlat, path.name == "index.html" { return .metadata }
    let head = path.unit.prefixMatch(of: /(?<numbers>[0-9]+-[0-9]+) ?- (?<rest>.+)/)
    guard let head else { return nil }
    let parts = String(head.output.rest).components(separatedBy: " - ")
    // In a folder the time is last, flat the file's name is behind it; a name may hold hyphens.
    let places = path.isFlat ? 1..<max(1, parts.count - 1) : max(1, parts.count - 1)..<parts.count
    for place in places {
      guard let time = Self.time(parts[place]) else { continue }
      let name = parts[..<place].joined(separator: " - ").trimmingCharacters(in: .whitespaces)
      let file = path.isFlat ? parts[(place + 1)...].joined(separator: " - ") : path.inner
      guard !name.isEmpty, !file.isEmpty else { continue }
      let delivery = Delivery(
        owner: "\(head.output.numbers) - \(name)",
        label: name,
        claims: [Claim(.name, name)],
        submittedAt: time
      )
      return .file(delivery, Delivery.File(path: path.path, name: file))
    }
    return nil
  }

  /// A time such as `Apr 30, 2026 1159 PM`, `30 April, 2026 2359` or `2026-04-30 11.59 PM`.
  private static func time(_ text: String) -> WallTime? {
    let words = text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    guard words.count >= 4 else { return nil }
    var (clock, half) = (Array(words[3...]), "")
    if let last = clock.last, ["am", "pm"].contains(last) {
      half = last
      clock.removeLast()
    }
    guard let day = day(Array(words[..<3])), let clock = self.clock(clock.joined(), half) else {
      return nil
    }
    return WallTime("\(day)-\(clock)")
  }

  private static func day(_ words: [String]) -> String? {
    let numbers = words.map { Int($0) }
    let parts: (year: Int?, month: Int?, day: Int?) =
      switch (numbers[0], numbers[1], numbers[2]) {
      case (let year?, let month?, let day?) where words[0].count == 4: (year, month, day)
      case (nil, let day, let year): (year, month(words[0]), day)
      case (let day, nil, let year): (year, month(words[1]), day)
      default: (nil, nil, nil)
      }
    guard let year = parts.year, let month = parts.month, let day = parts.day else { return nil }
    return [(year, 4), (month, 2), (day, 2)].map(padded).joined(separator: "-")
  }

  /// A month by its first letters, in seven languages of western Europe.
  private static func month(_ word: String) -> Int? {
    let plain = NameKey.plain(word)
    let starts = [
      "jan ene gen", "feb fev", "mar maa mrz", "apr avr abr", "may mai mei mag", "jun juin giu",
      "jul juil lug", "aug aou ago", "sep set", "oct okt out ott", "nov", "dec dez dic",
    ]
    let fitting = starts.enumerated().flatMap { place, list in
      list.split(separator: " ").filter(plain.hasPrefix).map { (place + 1, $0.count) }
    }
    // Of `mar` and `maa`, `jui` and others the longest tells.
    return fitting.max { $0.1 < $1.1 }?.0
  }

  /// `959` and `2359` as hours, minutes and no seconds.
  private static func clock(_ digits: String, _ half: String) -> String? {
    guard (3...4).contains(digits.count), let number = Int(digits) else { return nil }
    var hour = number / 100
    if !half.isEmpty {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (half == "pm" ? 12 : 0)
    }
    return [(hour, 2), (number % 100, 2), (0, 2)].map(padded).joined(separator: "-")
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

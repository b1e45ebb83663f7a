import Foundation
import GraderCore

/// The meaning of a table's columns.
struct RosterColumns {
  typealias Field = Headings.Field

  private(set) var places: [Field: [Int]] = [:]
  /// The headings that are not known.
  private(set) var unknown: [String] = []
  private let keys: [String]

  init(_ row: [String]) {
    keys = row.map(Headings.key)
    for (place, heading) in row.enumerated() {
      if let field = Headings.field(heading) {
        places[field, default: []].append(place)
      } else if !keys[place].isEmpty {
        unknown.append(Printable.line(String(heading.trimmed), longest: 80))
      }
    }
    settleHalfNames()
    // GitHub Classroom's own roster calls the school's number so.
    if keys.contains("github username"), let source = places.removeValue(forKey: .source) {
      places[.number, default: []] += source
    }
    // Where no system wrote the table, an ID is whatever the school calls its students by.
    if !isOfSystem, keys.contains("id"), let source = places[.source] {
      let plain = source.filter { keys[$0] == "id" }
      places[.login, default: []] += plain
      places[.source] = source.filter { !plain.contains($0) }
    }
    if isOfSystem { unknown = [] }
  }

  /// `Nom` is a whole name, unless `Prénom` stands beside it; so are `Nombre`, `Name` and others.
  private mutating func settleHalfNames() {
    let halves: [(field: Field, other: Field, keys: Set<String>)] = [
      (.last, .first, ["nom", "name", "naam"]), (.first, .last, ["nombre", "nome", "이름"]),
    ]
    for half in halves where places[half.field] == nil && places[half.other] != nil {
      let moved = places[.name, default: []].filter { half.keys.contains(keys[$0]) }
      guard !moved.isEmpty else { continue }
      places[half.field] = moved
      places[.name]?.removeAll(where: moved.contains)
    }
    if places[.name]?.isEmpty ?? false { places[.name] = nil }
  }

  /// True for the tables that learning systems write, which hold many columns besides.
  var isOfSystem: Bool { isCanvas || places[.grade] != nil || keys.contains("github username") }

  /// True for Canvas's export of the gradebook.
  var isCanvas: Bool {
    keys.contains("id") && keys.contains("section")
      && !Set(keys).isDisjoint(with: ["sis user id", "sis login id", "student", "lastname"])
  }

  var tellsWho: Bool {
    [.number, .name, .email, .login, .source].contains { places[$0] != nil } || isSplitName
  }

  private var isSplitName: Bool { places[.first] != nil && places[.last] != nil }

  /// The field's texts in a row, without those that are empty.
  func values(_ field: Field, in row: [String]) -> [String] {
    (places[field] ?? []).filter(row.indices.contains).map { Self.plain(row[$0]) }
      .filter { !$0.isEmpty }
  }

  /// Without what spreadsheets put round a number to keep its zeros, and without marks that nothing
  /// is drawn for; people choose their names, so nothing in them may steer a terminal or hide.
  private static func plain(_ field: String) -> String {
    var text = NameKey.visible(field).trimmingCharacters(in: .whitespacesAndNewlines)
    if text.hasPrefix("=\""), text.hasSuffix("\"") { text = String(text.dropFirst(2).dropLast()) }
    return Printable.line(text)
  }

  /// `Participant 123` and `参加者123` are 123; so is `123.0`, as some programs write numbers.
  static func withoutWords(_ identifier: String) -> String {
    var digits = identifier[...]
    if digits.hasSuffix(".0") { digits = digits.dropLast(2) }
    let start = digits.lastIndex { !$0.isDigit }
    if let start { digits = digits[digits.index(after: start)...] }
    let word = identifier.prefix { !$0.isDigit }
    let rest = identifier.dropFirst(word.count)
    return digits.isEmpty || rest.contains(where: \.isLetter) ? identifier : String(digits)
  }

  func name(in row: [String]) -> String {
    if let name = values(.name, in: row).first { return name }
    let parts = [Field.first, .last].compactMap { values($0, in: row).first }
    // In Chinese, Japanese and Korean the family name comes first.
    let isEastern = parts.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 0x2E80 } }
    return (isEastern ? parts.reversed() : parts).joined(separator: " ")
  }

  /// A number that a spreadsheet has rounded, such as `2.02600E+07`, where somebody's number, login
  /// or ID should stand.
  func rounded(in row: [String]) -> (place: Int, value: String)? {
    let places = [Field.number, .login, .source].flatMap { self.places[$0, default: []] }
    return places.sorted().lazy.filter(row.indices.contains)
      .map { ($0, Self.plain(row[$0])) }.first { RoundedNumber.isOne($0.1) }
  }
}

/// Numbers that are not what they were.
enum RoundedNumber {
  /// Tells whether a text is a number in the form that spreadsheets give to long ones.
  static func isOne(_ text: String) -> Bool {
    let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].first == "+" else { return false }
    let mantissa = parts[0].filter { $0 != "." && $0 != "," }
    return mantissa.isDigits && parts[1].dropFirst().isDigits
  }

  /// Tells whether an ID is not letter by letter what it was: rounded, or with a fraction of zero.
  static func isAltered(_ text: String) -> Bool {
    isOne(text) || text.hasSuffix(".0") && text.dropLast(2).isDigits
  }
}

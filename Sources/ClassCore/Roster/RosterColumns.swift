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
    let texts = (places[field] ?? []).filter(row.indices.contains).map { Self.plain(row[$0]) }
    // Brightspace keeps zeros by a mark before numbers and logins.
    let isMarked = field == .number || field == .login
    return texts.map { isMarked && $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }
      .filter { !Self.isNothing($0, as: field) }
  }

  /// Tells whether a text is what lists and programs write where there is nothing.
  private static func isNothing(_ text: String, as field: Field) -> Bool {
    // Na and Nan are names.
    let isName = [.name, .first, .last].contains(field)
    return nothing.contains(text.lowercased()) || !isName && words.contains(text.lowercased())
  }

  private static let nothing: Set<String> = [
    "", "-", "--", "---", "–", "—", "n/a", "#n/a", "#ref!", "#name?", "#value!", "<na>", "(none)",
    "(null)",
  ]
  private static let words: Set<String> = [
    "na", "none", "null", "nil", "nan", "unknown", "k.a.", "なし", "無", "无", "없음",
  ]

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

  /// A number that a spreadsheet has rounded, such as `2.02600E+07`, or made a date of, where
  /// somebody's number, login or ID should stand.
  func rounded(in row: [String]) -> (place: Int, value: String)? {
    let numbers = places[.number, default: []]
    let all = (numbers + [Field.login, .source].flatMap { self.places[$0, default: []] }).sorted()
    return all.lazy.filter(row.indices.contains).map { ($0, Self.plain(row[$0])) }.first {
      RoundedNumber.isOne($0.1) || numbers.contains($0.0) && RoundedNumber.isDate($0.1)
    }
  }

  /// Tells whether a row is of somebody who teaches, by a column that says what people are.
  func isOfStaff(_ row: [String]) -> Bool {
    let roles = values(.role, in: row).flatMap { $0.split { ",;/".contains($0) } }
      .map { NameKey.exact($0) }
    return !roles.isEmpty && roles.allSatisfy(Self.staff.contains)
  }

  private static let staff: Set<String> = Set(
    [
      "instructor", "ta", "teaching assistant", "teacher", "non-editing teacher", "tutor",
      "course staff", "staff", "reader", "grader", "observer", "designer", "manager", "lecturer",
      "professor", "course creator", "trainer/in", "trainer", "dozent", "dozentin", "lehrende",
      "lehrperson", "tutorin", "betreuer", "enseignant", "enseignante", "professeur", "profesor",
      "profesora", "docente", "tutor senza permessi di modifica", "professor adjunto", "教師", "教员",
      "教員", "講師", "ティーチングアシスタント", "老师", "助教", "교수", "강사", "조교",
    ].map { NameKey.exact($0) }
  )
}

/// Numbers that are not what they were.
enum RoundedNumber {
  /// Tells whether a text is a number in the form that spreadsheets give to long ones.
  ///
  /// A column that was too narrow shows `####`, and so does a table that was made of it.
  static func isOne(_ text: String) -> Bool {
    if text.count > 2, text.allSatisfy({ $0 == "#" }) { return true }
    let match = text.lowercased().wholeMatch(
      of: /[0-9]+(?:[.,][0-9]*)?e\+[0-9]+|[0-9]+[.,][0-9]+e[0-9]+/
    )
    return match != nil
  }

  /// Tells whether a text is what spreadsheets make of a number such as `03-01`.
  static func isDate(_ text: String) -> Bool {
    let parts = text.lowercased().split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let month = parts.firstIndex(where: months.contains) else {
      return false
    }
    let number = parts[1 - month]
    return number.isDigits && number.count <= 2
  }

  private static let months: Set<Substring> = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Tells whether an ID is not letter by letter what it was: rounded, with a fraction of zero,
  /// or with separators of thousands.
  static func isAltered(_ text: String) -> Bool {
    let isGrouped = text.wholeMatch(of: /[0-9]{1,3}(?:[., '’][0-9]{3})+/) != nil
    return isOne(text) || isGrouped || text.hasSuffix(".0") && text.dropLast(2).isDigits
  }
}

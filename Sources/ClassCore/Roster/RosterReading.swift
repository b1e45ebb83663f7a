import Foundation
import GraderCore

/// The reason why a roster's table could not be read.
package enum RosterProblem: Error, Equatable {
  /// The table itself is broken.
  case table(CSV.Problem)
  /// No row names columns that say who somebody is; these are the first row's.
  case noColumns([String])
  /// Two rows are of one student and disagree.
  case conflict(id: String, field: String, values: [String])
  /// A row says nothing about who it is of.
  case nobody(row: Int)
}

extension RosterProblem: CustomStringConvertible {
  /// A sentence for a person.
  package var description: String {
    switch self {
    case .table(.openQuote(let line)): "A quoted field that begins on line \(line) never ends."
    case .noColumns(let found):
      "No column says who somebody is (found: \(found.joined(separator: ", "))). "
        + "Name one `student number`, `email`, `login` or `name`."
    case .conflict(let id, let field, let values):
      "The \(field) of \(id) is given as \(values.joined(separator: " and as "))."
    case .nobody(let row): "Row \(row) says nothing about who it is of."
    }
  }
}

extension Roster {
  /// Reads a table: any list with headings in English or Japanese, Canvas's gradebook export,
  /// Moodle's grading worksheet, GitHub Classroom's roster.
  ///
  /// What guards a cell that begins a formula is no part of it.
  ///
  /// - Returns: The roster, and what is doubtful about it.
  package static func read(
    _ text: String
  ) throws(RosterProblem) -> (roster: Roster, doubts: [RosterProblem]) {
    let rows: [[String]]
    do throws(CSV.Problem) {
      rows = try CSV.rows(in: text).map { $0.map(CSV.bare) }
    } catch {
      throw .table(error)
    }
    guard let (columns, start) = header(of: rows) else { throw .noColumns(rows.first ?? []) }
    var builder = RosterBuilder()
    for (index, row) in rows.enumerated().dropFirst(start) {
      builder.add(columns, row, number: index + 1)
    }
    return (Roster(members: builder.members), builder.doubts)
  }

  /// The headings, which may stand below some other rows, and the first row below them.
  private static func header(of rows: [[String]]) -> (columns: RosterColumns, start: Int)? {
    for (index, row) in rows.prefix(5).enumerated() {
      let columns = RosterColumns(row)
      if columns.tellsWho { return (columns, index + 1) }
    }
    // A bare list of numbers, perhaps with names.
    guard let first = rows.first, let number = first.first, StudentNumber.isLikely(number) else {
      return nil
    }
    return (RosterColumns(first.count > 1 ? ["student number", "name"] : ["student number"]), 0)
  }
}

/// The meaning of a table's columns.
struct RosterColumns {
  enum Field: CaseIterable { case number, name, first, last, email, login, section, group, source }

  private(set) var places: [Field: [Int]] = [:]

  private static let headings: [Field: [String]] = [
    .number: [
      "student number", "student no", "student no.", "student id", "studentid", "student_id",
      "student_number", "sid", "sis user id", "id number", "number", "学生証番号", "学籍番号",
      "学生番号", "idナンバー",
    ],
    .name: ["name", "full name", "student name", "student", "氏名", "名前", "フルネーム", "姓名"],
    .first: ["first name", "given name", "firstname", "名"],
    .last: ["last name", "surname", "family name", "lastname", "姓"],
    .email: ["email", "e-mail", "email address", "mail", "メールアドレス", "メール"],
    .login: [
      "login", "username", "user name", "sis login id", "github_username", "github", "user",
      "user id", "userid", "ユーザid", "ユーザーid", "ユーザ名", "ユーザー名",
    ],
    .section: ["section", "class", "クラス"],
    .group: ["group", "team", "グループ", "班"],
    .source: ["id", "identifier", "participant", "識別子"],
  ]

  init(_ row: [String]) {
    let names = row.map {
      $0.precomposedStringWithCompatibilityMapping.lowercased()
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
    for (field, headings) in Self.headings {
      let found = names.indices.filter { headings.contains(names[$0]) }
      if !found.isEmpty { places[field] = found }
    }
    // GitHub Classroom's own roster calls the school's number so.
    if names.contains("github_username"), let source = places.removeValue(forKey: .source) {
      places[.number, default: []] += source
    }
  }

  var tellsWho: Bool {
    [.number, .name, .email, .login, .source].contains { places[$0] != nil } || isSplitName
  }

  private var isSplitName: Bool { places[.first] != nil && places[.last] != nil }

  /// The field's texts in a row, without those that are empty.
  func values(_ field: Field, in row: [String]) -> [String] {
    (places[field] ?? []).filter(row.indices.contains).map { plain(row[$0]) }
      .filter { !$0.isEmpty }
  }

  /// Without what spreadsheets put round a number to keep its zeros; people choose their names, so
  /// nothing in them may steer a terminal or hide.
  private func plain(_ field: String) -> String {
    var text = field.trimmingCharacters(in: .whitespacesAndNewlines)
    if text.hasPrefix("=\""), text.hasSuffix("\"") { text = String(text.dropFirst(2).dropLast()) }
    return Printable.line(text)
  }

  /// `Participant 123` is 123.
  static func withoutWords(_ identifier: String) -> String {
    let last = identifier.split(separator: " ").last ?? ""
    if last.isDigits { return String(last) }
    return identifier.hasPrefix("参加者") ? String(identifier.dropFirst(3)) : identifier
  }

  func name(in row: [String]) -> String {
    if let name = values(.name, in: row).first { return name }
    return [.first, .last].compactMap { values($0, in: row).first }.joined(separator: " ")
  }
}

private struct RosterBuilder {
  private(set) var members: [Roster.Member] = []
  private(set) var doubts: [RosterProblem] = []
  private var places: [String: Int] = [:]

  mutating func add(_ columns: RosterColumns, _ row: [String], number: Int) {
    let name = columns.name(in: row)
    // Canvas's second row.
    if name == "Points Possible" { return }
    let numbers = columns.values(.number, in: row).compactMap(StudentNumber.known)
    let email = columns.values(.email, in: row).first
    let logins = columns.values(.login, in: row)
    let sources = columns.values(.source, in: row).map(RosterColumns.withoutWords)
    guard let id = numbers.first ?? logins.first ?? email ?? sources.first ?? Self.some(name) else {
      return doubts.append(.nobody(row: number))
    }
    let member = Roster.Member(
      student: Student(
        id: id,
        name: name,
        email: email,
        section: columns.values(.section, in: row).first
      ),
      logins: logins + numbers.dropFirst(),
      sourceID: sources.first,
      group: columns.values(.group, in: row).first
    )
    guard let place = places[id] else {
      places[id] = members.count
      return members.append(member)
    }
    merge(member, at: place)
  }

  /// A second row of one student adds what the first leaves open, as with two sections.
  private mutating func merge(_ other: Roster.Member, at place: Int) {
    let id = other.student.id
    func check(_ field: String, _ old: String?, _ new: String?) {
      guard let old, let new, !old.isEmpty, !new.isEmpty, old != new else { return }
      doubts.append(.conflict(id: id, field: field, values: [old, new]))
    }
    let old = members[place]
    check("name", old.student.name, other.student.name)
    check("email", old.student.email, other.student.email)
    check("group", old.group, other.group)
    if old.student.name.isEmpty { members[place].student.name = other.student.name }
    members[place].student.email = old.student.email ?? other.student.email
    members[place].student.section = old.student.section ?? other.student.section
    members[place].group = old.group ?? other.group
    members[place].sourceID = old.sourceID ?? other.sourceID
    members[place].logins += other.logins.filter { !old.logins.contains($0) }
  }

  private static func some(_ text: String) -> String? { text.isEmpty ? nil : text }

}

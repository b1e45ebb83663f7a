import Foundation
import GraderCore

extension Roster {
  /// Reads a table: any list whose headings are known, Canvas's gradebook export, Moodle's grading
  /// worksheet, GitHub Classroom's roster.
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
    let headings = start > 0 ? rows[start - 1] : []
    var builder = RosterBuilder()
    if !columns.unknown.isEmpty { builder.doubts.append(.unknownHeadings(columns.unknown)) }
    var staff: [String] = []
    for (index, row) in rows.enumerated().dropFirst(start) {
      if columns.isOfStaff(row) {
        staff.append(Printable.line(columns.name(in: row), longest: 80))
        continue
      }
      if let (place, value) = columns.rounded(in: row) {
        let heading = headings.indices.contains(place) ? headings[place] : "the numbers"
        throw .rounded(row: index + 1, heading: heading, value: value)
      }
      let cells = row.count - row.reversed().prefix(while: \.isEmpty).count
      if !headings.isEmpty, cells > headings.count {
        builder.doubts.append(
          .surplus(row: index + 1, cells: cells, headings: headings.count)
        )
      }
      builder.add(columns, row, number: index + 1)
    }
    if !staff.isEmpty { builder.doubts.append(.staff(staff)) }
    return (Roster(members: builder.members), builder.doubts + builder.shared)
  }

  /// The headings, which may stand below some other rows, and the first row below them.
  private static func header(of rows: [[String]]) -> (columns: RosterColumns, start: Int)? {
    for (index, row) in rows.prefix(TableShape.preamble).enumerated() {
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

private struct RosterBuilder {
  private(set) var members: [Roster.Member] = []
  var doubts: [RosterProblem] = []
  private var places: [String: Int] = [:]

  mutating func add(_ columns: RosterColumns, _ row: [String], number: Int) {
    let name = columns.name(in: row)
    let numbers = columns.values(.number, in: row).compactMap(StudentNumber.known)
    let email = columns.values(.email, in: row).first
    let logins = columns.values(.login, in: row)
    let sources = columns.values(.source, in: row).map(RosterColumns.withoutWords)
    if Self.isSystems(columns, name: name, ids: numbers + logins + sources) { return }
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

  /// Tells whether a row is Canvas's own: of maxima or rules for posting, which name nobody, or of
  /// the student that Canvas makes for trying things out.
  private static func isSystems(_ columns: RosterColumns, name: String, ids: [String]) -> Bool {
    if name == "Points Possible" { return true }
    guard columns.isCanvas else { return false }
    return ids.isEmpty || ["Student, Test", "Test Student"].contains(name) && ids.count < 3
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

  /// Doubts about what several students have and only one can.
  var shared: [RosterProblem] {
    let fields: [(name: String, values: (Roster.Member) -> [String])] = [
      ("ID", { [$0.sourceID].compactMap(\.self) }), ("login", { $0.logins }),
      ("email", { [$0.student.email].compactMap(\.self) }),
    ]
    return fields.flatMap { field in
      var owners: [String: [String]] = [:]
      for member in members {
        for value in Set(field.values(member).map { $0.lowercased() }) {
          owners[value, default: []].append(member.student.id)
        }
      }
      return owners.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map { value, ids in
        RosterProblem.shared(field: field.name, value: value, ids: ids)
      }
    }
  }

  private static func some(_ text: String) -> String? { text.isEmpty ? nil : text }
}

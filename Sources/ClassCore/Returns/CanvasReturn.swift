import GraderCore

/// Grades for Canvas's gradebook, in the table that Canvas itself exported.
package enum CanvasReturn {
  /// The columns by which Canvas finds a row's student, letter by letter.
  private static let compared: [Headings.Field] = [.source, .number, .login]
  /// Those that tell people too.
  private static let identity: [Headings.Field] = [.name, .first, .last, .section] + compared

  /// The export with one assignment's grades and no other assignment's: importing it changes
  /// nothing else.
  ///
  /// Who has no grade has no row, because an empty field would take a grade away. Of a grade that
  /// stands in the export and is another, a note says so.
  ///
  /// - Parameters:
  ///   - results: What everybody got.
  ///   - export: The text of the exported gradebook.
  ///   - assignment: The column's name, with or without Canvas's number; may be nil if only one
  ///     column is an assignment's.
  ///   - machineColumn: The column that is for the machine's points alone.
  /// - Returns: The table to import.
  /// - Throws: `ReturnProblem` if the export is none.
  package static func table(
    _ results: [FinalResult],
    export: String,
    assignment: String?,
    machineColumn: String? = nil
  ) throws(ReturnProblem) -> ReturnFile {
    let rows: [[String]]
    do throws(CSV.Problem) { rows = try CSV.rows(in: export) } catch { throw .table(error) }
    let sheet = try Sheet(rows, assignment: assignment, machineColumn: machineColumn)
    var file = ReturnFile(text: "", filled: 0, notes: [])
    var written = [sheet.kept.map { sheet.header[$0] }]
    for row in sheet.maxima {
      written.append(sheet.kept.map { row.indices.contains($0) ? CSV.harmless(row[$0]) : "" })
      file.notes += maximumNotes(row[sheet.column], results)
    }
    let (matches, leftOver) = ResultIndex(results).match(sheet.students, sheet.columns)
    for (row, match) in zip(sheet.students, matches) {
      guard let total = match.graded(in: results)?.final?.total else {
        file.notes.append("\(sheet.who(row)) \(match.reason): no row.")
        continue
      }
      if let reason = sheet.reasonAgainstPassingOn(row) {
        file.notes.append("\(sheet.who(row)) \(reason): no row.")
        continue
      }
      file.notes += ReturnCheck.overwriting(row[sheet.column], with: total, of: sheet.who(row))
      written.append(sheet.kept.map { $0 == sheet.column ? "\(total)" : CSV.harmless(row[$0]) })
      file.filled += 1
    }
    file.text = CSV.verbatim(written)
    file.notes += leftOver
    return file
  }

  /// An export, and the meaning of its columns.
  private struct Sheet {
    let header: [String]
    let columns: RosterColumns
    /// The assignment's column.
    let column: Int
    /// The columns that Canvas needs back.
    let kept: [Int]
    let students: [[String]]
    /// Canvas's own row of maxima; rows of its rules for posting are dropped.
    let maxima: [[String]]
    private let id: Int
    /// IDs that several rows have.
    private let repeated: Set<String>

    init(
      _ rows: [[String]],
      assignment: String?,
      machineColumn: String?
    ) throws(ReturnProblem) {
      let place = rows.prefix(5).firstIndex { row in
        let keys = Set(row.map(Headings.key))
        return keys.contains("student") || keys.isSuperset(of: ["lastname", "firstname"])
          || RosterColumns(row).isCanvas
      }
      guard let place else { throw .columnsMissing(["Student"]) }
      let header = rows[place].map { String($0.trimmed) }
      columns = RosterColumns(header)
      guard let id = header.firstIndex(where: { Headings.key($0) == "id" }) else {
        throw .columnsMissing(["ID"])
      }
      let column = try CanvasReturn.column(of: assignment, in: header, except: machineColumn)
      let known = Set(identity.flatMap { [columns] in columns.places[$0, default: []] } + [id])
      kept = known.sorted().filter { $0 != column } + [column]
      // Canvas has rows of its own above the students, which name nobody.
      // Programs leave empty cells at the end of a row away.
      let whole = rows.dropFirst(place + 1).map { row in
        row + Array(repeating: "", count: max(0, header.count - row.count))
      }
      students = whole.filter { !$0[id].trimmed.isEmpty }
      maxima = whole.filter { $0[id].trimmed.isEmpty && Double($0[column].trimmed) != nil }
      repeated = Set(
        Dictionary(grouping: students.map { String($0[id].trimmed) }, by: \.self)
          .filter { $1.count > 1 }.keys
      )
      (self.header, self.column, self.id) = (header, column, id)
    }

    /// The name and the ID of a row, for people.
    func who(_ row: [String]) -> String {
      let name = columns.places[.name].map { row[$0[0]] } ?? columns.name(in: row)
      return "\(name) (\(row[id]))"
    }

    /// The reason why Canvas would not find a row's student, or another one; nil if it would.
    func reasonAgainstPassingOn(_ row: [String]) -> String? {
      let places = compared.flatMap { columns.places[$0, default: []] } + [id]
      let names = Set(places).filter(row.indices.contains).map { String(row[$0].trimmed) }
      if let rounded = names.first(where: RoundedNumber.isAltered) {
        return "has the ID \(rounded), which a spreadsheet or a program has altered; "
          + "export it again and change nothing"
      }
      if repeated.contains(String(row[id].trimmed)) { return "has an ID that another row has too" }
      return names.allSatisfy { CSV.harmless($0) == $0 } ? nil : "has an ID that begins a formula"
    }
  }

  /// The column whose heading is `name (number)`.
  private static func column(
    of name: String?,
    in header: [String],
    except machineColumn: String?
  ) throws(ReturnProblem) -> Int {
    func isCalled(_ name: String, _ place: Int) -> Bool {
      let heading = header[place]
      return heading == name
        || heading.hasPrefix(name + " (")
          && heading.dropFirst(name.count + 2).dropLast().isDigits
    }
    let assignments = header.indices.filter { place in
      guard header[place].hasSuffix(")"), let open = header[place].lastIndex(of: "(") else {
        return false
      }
      return header[place][open...].dropFirst().dropLast().isDigits
    }
    let reserved = assignments.filter { place in
      machineColumn.map { isCalled($0, place) } ?? false
    }
    let fitting = assignments.filter { place in
      name.map { isCalled($0, place) } ?? !reserved.contains(place)
    }
    if let taken = fitting.first(where: reserved.contains) { throw .machineColumn(header[taken]) }
    guard let found = fitting.first, fitting.count == 1 else {
      throw .whichColumn((fitting.isEmpty ? assignments : fitting).map { header[$0] })
    }
    return found
  }

  private static func maximumNotes(_ text: String, _ results: [FinalResult]) -> [String] {
    ReturnCheck.maximum(text, results).map {
      ["Canvas has \(text.trimmed) points possible, the grades are of \($0)."]
    } ?? []
  }
}

/// The comparisons that are made before grades leave.
enum ReturnCheck {
  /// The grades' own maximum if it is another than the system's.
  static func maximum(_ text: String, _ results: [FinalResult]) -> Points? {
    guard let theirs = Double(text.trimmed),
      let ours = results.lazy.compactMap(\.final).first?.maxScore,
      abs(theirs - ours.value) > 1e-6
    else { return nil }
    return ours
  }

  /// A sentence on what a grade takes the place of; none if that is nothing, or the same.
  static func overwriting(_ text: String, with total: Points, of who: String) -> [String] {
    let old = String(text.trimmed)
    if old.isEmpty || old == "-" || number(old).map({ abs($0 - total.value) < 1e-6 }) ?? false {
      return []
    }
    if old.uppercased() == "EX" {
      return ["\(who) is excused there (EX): \(total) would take its place."]
    }
    return ["\(who) has \(Printable.line(old, longest: 40)) there: \(total) would take its place."]
  }

  /// A number with either decimal sign.
  static func number(_ text: String) -> Double? {
    Double(text.trimmed.replacing(",", with: "."))
  }
}

import GraderCore

/// Grades for Moodle, in the grading worksheet that Moodle itself exported, and feedback files.
package enum MoodleReturn {
  /// The worksheet with grades, and comments where it has a column for them.
  ///
  /// What Moodle compares stays letter by letter, such as the time of the last grade; no other cell
  /// begins a formula. Who has no grade keeps what is there.
  ///
  /// - Parameters:
  ///   - results: What everybody got.
  ///   - worksheet: The text of the exported worksheet.
  ///   - machineColumn: The column that is for the machine's points alone.
  ///   - comment: What a student reads beside the grade.
  /// - Returns: The worksheet to import.
  /// - Throws: `ReturnProblem` if the worksheet is none.
  package static func worksheet(
    _ results: [FinalResult],
    worksheet: String,
    machineColumn: String? = nil,
    comment: (FinalResult) -> String = { _ in "" }
  ) throws(ReturnProblem) -> ReturnFile {
    let sheet = try Sheet(results, worksheet)
    var rows = sheet.rows
    let (header, columns) = (rows[0], sheet.columns)
    if header[sheet.grade] == machineColumn { throw .machineColumn(header[sheet.grade]) }
    var file = ReturnFile(text: "", filled: 0, notes: sheet.incomplete)
    for (line, match) in sheet.matches {
      let who = rows[line][sheet.identifier]
      guard let result = match.graded(in: results), let total = result.final?.total else {
        file.notes.append("\(who) \(match.reason): the row is unchanged.")
        continue
      }
      if let place = columns.places[.maximum]?.first,
        let most = ReturnCheck.number(rows[line][place]), total.value > most
      {
        file.notes.append("\(who) has \(total), above Moodle's \(most): Moodle will skip the row.")
      }
      file.notes += ReturnCheck.overwriting(rows[line][sheet.grade], with: total, of: who)
      rows[line][sheet.grade] = sheet.text(total)
      if let place = columns.places[.comments]?.first { rows[line][place] = comment(result) }
      file.filled += 1
    }
    file.text = sheet.text(of: rows)
    file.notes += sheet.leftOver
    return file
  }

  /// The worksheet with the machine's points in a column of theirs, and nothing else changed.
  ///
  /// - Parameters:
  ///   - results: What everybody got.
  ///   - worksheet: The text of the exported worksheet.
  ///   - column: The heading of the column, letter by letter.
  /// - Returns: The worksheet to import.
  /// - Throws: `ReturnProblem` if the worksheet is none, or has no such column.
  package static func machine(
    _ results: [FinalResult],
    worksheet: String,
    column: String
  ) throws(ReturnProblem) -> ReturnFile {
    let results = results.map(\.byMachine)
    let sheet = try Sheet(results, worksheet)
    var rows = sheet.rows
    guard let place = rows[0].firstIndex(where: { $0.trimmed == column[...] }) else {
      throw .columnsMissing([column])
    }
    var file = ReturnFile(text: "", filled: 0, notes: sheet.incomplete)
    for (line, match) in sheet.matches {
      let who = rows[line][sheet.identifier]
      guard let total = match.graded(in: results)?.final?.total else {
        file.notes.append("\(who) \(match.reason): the row is unchanged.")
        continue
      }
      file.notes += ReturnCheck.overwriting(rows[line][place], with: total, of: who)
      rows[line][place] = sheet.text(total)
      file.filled += 1
    }
    file.text = sheet.text(of: rows)
    file.notes += sheet.leftOver
    return file
  }

  /// A worksheet, and whose its rows are.
  private struct Sheet {
    let rows: [[String]]
    let columns: RosterColumns
    let (identifier, grade, modified): (Int, Int, Int)
    let matches: [(line: Int, row: ResultIndex.Match)]
    let leftOver: [String]
    /// Sentences on rows that have not as many cells as there are headings.
    let incomplete: [String]

    init(_ results: [FinalResult], _ text: String) throws(ReturnProblem) {
      do throws(CSV.Problem) { rows = try CSV.rows(in: text) } catch { throw .table(error) }
      guard let header = rows.first else { throw .columnsMissing(["Identifier"]) }
      let columns = RosterColumns(header)
      let (identifier, grade) = (columns.places[.source]?.first, columns.places[.grade]?.first)
      let modified = columns.places[.modified]?.first ?? Self.modified(in: header, grade)
      let needed = [
        ("Identifier", identifier), ("Grade", grade), ("Last modified (grade)", modified),
      ]
      guard let identifier, let grade, let modified else {
        throw .columnsMissing(needed.filter { $0.1 == nil }.map(\.0))
      }
      (self.columns, self.identifier, self.grade) = (columns, identifier, grade)
      self.modified = modified
      let rows = rows
      let lines = rows.indices.dropFirst().filter { rows[$0].count == header.count }
      incomplete = rows.indices.dropFirst().filter { rows[$0].count != header.count }.map {
        "Row \($0 + 1) has \(rows[$0].count) cells and not \(header.count): it is unchanged."
      }
      let found = ResultIndex(results).match(lines.map { rows[$0] }, columns)
      matches = zip(lines, found.rows).map { ($0, $1) }
      leftOver = found.leftOver
    }

    /// The time of the last grade, in any language: the heading of grades stands in brackets there.
    private static func modified(in header: [String], _ grade: Int?) -> Int? {
      guard let grade else { return nil }
      let ending = "(\(Headings.key(header[grade])))"
      return header.firstIndex { Headings.key($0).hasSuffix(ending) }
    }

    /// The table of some rows under the headings: what Moodle compares stays letter by letter.
    func text(of rows: [[String]]) -> String {
      let compared = [identifier, grade, modified] + columns.places[.maximum, default: []]
      let guarded = rows.dropFirst().map { row in
        row.enumerated().map { compared.contains($0) ? $1 : CSV.harmless($1) }
      }
      return CSV.verbatim([rows[0]] + guarded)
    }

    /// Points with the decimal sign of the worksheet's own maxima.
    func text(_ points: Points) -> String {
      let usesComma = rows.dropFirst().contains { row in
        columns.places[.maximum, default: []].contains { row.count > $0 && row[$0].contains(",") }
      }
      return usesComma ? "\(points)".replacing(".", with: ",") : "\(points)"
    }
  }

  /// The places of the feedback of each row's student in the zip that Moodle takes.
  ///
  /// The worksheet's numbers are the participants'; those of a download may be of teams.
  ///
  /// - Parameters:
  ///   - results: What everybody got.
  ///   - worksheet: The text of the exported worksheet.
  ///   - file: What a page is called.
  /// - Returns: A path and its result for each row whose student has a grade.
  /// - Throws: `ReturnProblem` if the worksheet is none.
  package static func feedback(
    _ results: [FinalResult],
    worksheet: String,
    file: String
  ) throws(ReturnProblem) -> [(path: String, result: FinalResult)] {
    let sheet = try Sheet(results, worksheet)
    return sheet.matches.compactMap { line, match in
      guard case .success(let place) = match, results[place].grade != nil else { return nil }
      let row = sheet.rows[line]
      let id = RosterColumns.withoutWords(row[sheet.identifier])
      let name = sheet.columns.name(in: row)
      return feedbackPath(name: name, id: id, file: file).map { ($0, results[place]) }
    }
  }

  /// The place of a participant's feedback in the zip; nil if the id is no number.
  ///
  /// Read by all generations: only what stands behind the first underscore counts.
  package static func feedbackPath(name: String, id: String, file: String) -> String? {
    guard Substring(id).isDigits else { return nil }
    let plain = name.map { "_/\\:".contains($0) || $0.isNewline ? " " : $0 }
    let shown = String(String(plain).trimmed)
    let start =
      shown.isEmpty || shown.hasPrefix(".") || shown.hasPrefix("~") ? "Participant" : shown
    return "\(start)_\(id)_assignsubmission_file_/\(file)"
  }
}

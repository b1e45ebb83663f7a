import GraderCore

/// Grades for Moodle, in the grading worksheet that Moodle itself exported, and feedback files.
package enum MoodleReturn {
  /// Headings in English and Japanese.
  private static let identifiers = ["Identifier", "識別子"]
  private static let grades = ["Grade", "評点", "評定"]
  private static let maxima = ["Maximum Grade", "Maximum grade", "最大評点", "最大評定"]
  private static let modified = [
    "Last modified (grade)", "最終更新日時 (評点)", "最終更新日時 (評定)", "最終更新日時(評点)",
    "最終更新日時(評定)",
  ]
  private static let comments = ["Feedback comments", "フィードバックコメント"]

  /// The worksheet with grades, and comments where it has a column for them.
  ///
  /// What Moodle compares stays letter by letter, such as the time of the last grade; no other cell
  /// begins a formula. Who has no grade keeps what is there.
  ///
  /// - Parameters:
  ///   - results: What everybody got.
  ///   - worksheet: The text of the exported worksheet.
  ///   - comment: What a student reads beside the grade.
  /// - Returns: The worksheet to import.
  /// - Throws: `ReturnProblem` if the worksheet is none.
  package static func worksheet(
    _ results: [ClassResult],
    worksheet: String,
    comment: (ClassResult) -> String = { _ in "" }
  ) throws(ReturnProblem) -> ReturnFile {
    let sheet = try Sheet(results, worksheet)
    var rows = sheet.rows
    let header = rows[0]
    var file = ReturnFile(text: "", filled: 0, notes: [])
    for (line, match) in sheet.matches {
      let who = rows[line][sheet.identifier]
      guard let result = match.graded, let total = result.final?.total else {
        file.notes.append("\(who) \(match.reason): the row is unchanged.")
        continue
      }
      if let place = header.place(of: maxima), let most = Double(rows[line][place]),
        total.value > most
      {
        file.notes.append("\(who) has \(total), above Moodle's \(most): Moodle will skip the row.")
      }
      rows[line][sheet.grade] = "\(total)"
      if let place = header.place(of: comments) { rows[line][place] = comment(result) }
      file.filled += 1
    }
    let compared = [identifiers, grades, maxima, modified].compactMap { header.place(of: $0) }
    let guarded = rows.dropFirst().map { row in
      row.enumerated().map { compared.contains($0) ? $1 : CSV.harmless($1) }
    }
    file.text = CSV.verbatim([header] + guarded)
    file.notes += sheet.leftOver
    return file
  }

  /// A worksheet, and whose its rows are.
  private struct Sheet {
    let rows: [[String]]
    let (identifier, grade): (Int, Int)
    let matches: [(line: Int, row: ResultIndex.Match)]
    let leftOver: [String]

    init(_ results: [ClassResult], _ text: String) throws(ReturnProblem) {
      do throws(CSV.Problem) { rows = try CSV.rows(in: text) } catch { throw .table(error) }
      guard let header = rows.first else { throw .columnsMissing(["Identifier"]) }
      let needed = [identifiers, grades, modified]
      let missing = needed.filter { header.place(of: $0) == nil }.map { $0[0] }
      guard missing.isEmpty, let identifier = header.place(of: identifiers),
        let grade = header.place(of: grades)
      else { throw .columnsMissing(missing) }
      (self.identifier, self.grade) = (identifier, grade)
      let rows = rows
      let lines = rows.indices.dropFirst().filter { rows[$0].count == header.count }
      let found = ResultIndex(results).match(lines.map { rows[$0] }, RosterColumns(header))
      matches = zip(lines, found.rows).map { ($0, $1) }
      leftOver = found.leftOver
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
    _ results: [ClassResult],
    worksheet: String,
    file: String
  ) throws(ReturnProblem) -> [(path: String, result: ClassResult)] {
    let sheet = try Sheet(results, worksheet)
    return sheet.matches.compactMap { line, match in
      guard case .success(let result) = match, result.grade != nil else { return nil }
      let row = sheet.rows[line]
      let id = RosterColumns.withoutWords(row[sheet.identifier])
      let name = RosterColumns(sheet.rows[0]).name(in: row)
      return feedbackPath(name: name, id: id, file: file).map { ($0, result) }
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

extension [String] {
  /// The first column with one of these headings.
  fileprivate func place(of names: [String]) -> Int? {
    firstIndex { names.contains(String($0.trimmed)) }
  }
}

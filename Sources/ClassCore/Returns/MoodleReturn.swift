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
  /// Everything else stays letter by letter: Moodle compares the time of the last grade. Who has no
  /// grade keeps what is there.
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
    var rows: [[String]]
    do throws(CSV.Problem) {
      rows = try CSV.rows(in: worksheet)
    } catch { throw .table(error) }
    guard let header = rows.first else { throw .columnsMissing(["Identifier"]) }
    func place(_ names: [String]) -> Int? { header.firstIndex { names.contains($0.trimmed) } }
    let missing = [identifiers, grades, modified].filter { place($0) == nil }.map { $0[0] }
    guard missing.isEmpty, let grade = place(grades), let identifier = place(identifiers) else {
      throw .columnsMissing(missing)
    }
    var file = ReturnFile(text: "", filled: 0, notes: [])
    let lines = rows.indices.dropFirst().filter { rows[$0].count == header.count }
    let (matches, leftOver) = ResultIndex(results)
      .match(lines.map { rows[$0] }, RosterColumns(header))
    for (line, match) in zip(lines, matches) {
      let who = rows[line][identifier]
      guard let result = match.graded, let total = result.final?.total else {
        file.notes.append("\(who) \(match.reason): the row is unchanged.")
        continue
      }
      if let place = place(maxima), let most = Double(rows[line][place]), total.value > most {
        file.notes.append("\(who) has \(total), above Moodle's \(most): Moodle will skip the row.")
      }
      rows[line][grade] = "\(total)"
      if let place = place(comments) { rows[line][place] = comment(result) }
      file.filled += 1
    }
    file.text = CSV.verbatim(rows)
    file.notes += leftOver
    return file
  }

  /// Where a student's feedback lies in the zip that Moodle takes; nil if the source gave no number
  /// for them.
  ///
  /// Read by all generations: only what stands behind the first underscore counts.
  package static func feedbackPath(for result: ClassResult, file: String) -> String? {
    guard let id = result.attempt?.sourceID, id.isDigits else { return nil }
    let name = result.students.first?.name ?? ""
    let plain = name.map { "_/\\:".contains($0) || $0.isNewline ? " " : $0 }
    let shown = String(plain).trimmed
    let start =
      shown.isEmpty || shown.hasPrefix(".") || shown.hasPrefix("~") ? "Participant" : shown
    return "\(start)_\(id)_assignsubmission_file_/\(file)"
  }
}

import GraderCore

/// Grades for UTOL, in the order of its workbook, to be pasted into it.
///
/// UTOL only takes back the very workbook that it gave out, under its name and with its password;
/// so this is the table for its columns, and not the workbook.
package enum UTOLReturn {
  /// The most that UTOL takes, in characters.
  package static let (longestGrade, longestComment) = (255, 1300)

  private static let header = ["ユーザID", "学生証番号", "氏名", "評価", "コメント"]

  /// A row for each row of the sheet, in its order, so that a whole column can be pasted.
  ///
  /// - Parameters:
  ///   - results: What everybody got.
  ///   - sheet: The sheet of all hand-ins, saved as a table.
  ///   - machineColumn: The heading under which the machine's points alone stand in the place of
  ///     final grades, without comments; nil for final grades.
  ///   - comment: What a student reads beside the grade.
  /// - Returns: The table; a row without a grade is empty behind the name.
  /// - Throws: `ReturnProblem` if the sheet is none.
  package static func table(
    _ results: [FinalResult],
    sheet: String,
    machineColumn: String? = nil,
    comment: (FinalResult) -> String = { _ in "" }
  ) throws(ReturnProblem) -> ReturnFile {
    let rows: [[String]]
    do throws(CSV.Problem) { rows = try CSV.rows(in: sheet) } catch { throw .table(error) }
    guard let start = rows.prefix(5).firstIndex(where: { $0.contains("学生証番号") }) else {
      throw .columnsMissing(["学生証番号"])
    }
    let places = header.prefix(3).map { name in rows[start].firstIndex { $0.trimmed == name[...] } }
    var file = ReturnFile(text: "", filled: 0, notes: [])
    let behind = machineColumn.map { [$0] } ?? Array(header.dropFirst(3))
    var written = [Array(header.prefix(3)) + behind]
    let students = Array(rows[(start + 1)...])
    let given = machineColumn == nil ? results : results.map(\.byMachine)
    let (matches, leftOver) = ResultIndex(given).match(students, RosterColumns(rows[start]))
    for (row, match) in zip(students, matches) {
      var line = places.map { place in
        place.flatMap { row.indices.contains($0) ? row[$0] : nil } ?? ""
      }
      if let result = match.graded(in: given), let total = result.final?.total {
        let text = machineColumn == nil ? comment(result) : ""
        if text.count > longestComment {
          file.notes.append("The comment for \(line[1]) is cut at \(longestComment) characters.")
        }
        line += ["\(total)", Self.cut(text)].prefix(behind.count)
        file.filled += 1
      } else {
        file.notes.append("\(line[1]) \(match.reason).")
        line += behind.map { _ in "" }
      }
      written.append(line)
    }
    // The mark makes spreadsheets read it as what it is.
    file.text = "\u{FEFF}" + CSV.text(written)
    file.notes += leftOver
    return file
  }

  private static func cut(_ text: String) -> String {
    text.count > longestComment ? text.prefix(longestComment - 1) + "…" : text
  }
}

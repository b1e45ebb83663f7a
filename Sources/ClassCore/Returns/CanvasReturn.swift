import GraderCore

/// Grades for Canvas's gradebook, in the table that Canvas itself exported.
package enum CanvasReturn {
  /// The columns that tell Canvas who a row is about.
  private static let identity = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
  /// Those of them that Canvas compares letter by letter.
  private static let compared = ["ID", "SIS User ID", "SIS Login ID"]

  /// The export with one assignment's grades and no other assignment's: importing it changes
  /// nothing else.
  ///
  /// Who has no grade has no row, because an empty field would take a grade away.
  ///
  /// - Parameters:
  ///   - results: What everybody got.
  ///   - export: The text of the exported gradebook.
  ///   - assignment: The column's name, with or without Canvas's number; may be nil if only one
  ///     column is an assignment's.
  /// - Returns: The table to import.
  /// - Throws: `ReturnProblem` if the export is none.
  package static func table(
    _ results: [ClassResult],
    export: String,
    assignment: String?
  ) throws(ReturnProblem) -> ReturnFile {
    let rows: [[String]]
    do throws(CSV.Problem) { rows = try CSV.rows(in: export) } catch { throw .table(error) }
    guard let header = rows.first(where: { $0.first == "Student" }) else {
      throw .columnsMissing(["Student"])
    }
    guard let id = header.firstIndex(of: "ID") else { throw .columnsMissing(["ID"]) }
    let column = try column(of: assignment, in: header)
    let kept = identity.compactMap(header.firstIndex(of:)) + [column]
    var file = ReturnFile(text: "", filled: 0, notes: [])
    var written = [kept.map { header[$0] }]
    let whole = rows.filter { $0 != header && $0.count > max(id, column) }
    for row in whole where row[0].trimmed == "Points Possible" {
      written.append(kept.map { row.indices.contains($0) ? CSV.harmless(row[$0]) : "" })
      file.notes += maximumNotes(row[column], results)
    }
    // Canvas has rows of its own above the students, without an ID.
    let students = whole.filter { !$0[id].trimmed.isEmpty }
    let (matches, leftOver) = ResultIndex(results).match(students, RosterColumns(header))
    for (row, match) in zip(students, matches) {
      guard let total = match.graded?.final?.total else {
        file.notes.append("\(row[0]) (\(row[id])) \(match.reason): no row.")
        continue
      }
      let names = compared.compactMap(header.firstIndex(of:)).map { row[$0] }
      guard names.allSatisfy({ CSV.harmless($0) == $0 }) else {
        file.notes.append("\(row[0]) (\(row[id])) has an ID that begins a formula: no row.")
        continue
      }
      written.append(kept.map { $0 == column ? "\(total)" : CSV.harmless(row[$0]) })
      file.filled += 1
    }
    file.text = CSV.verbatim(written)
    file.notes += leftOver
    return file
  }

  /// The column whose heading is `name (number)`.
  private static func column(
    of name: String?,
    in header: [String]
  ) throws(ReturnProblem) -> Int {
    let assignments = header.indices.filter { place in
      guard header[place].hasSuffix(")"), let open = header[place].lastIndex(of: "(") else {
        return false
      }
      return header[place][open...].dropFirst().dropLast().isDigits
    }
    let fitting = assignments.filter { place in
      guard let name else { return true }
      let heading = header[place]
      return heading == name
        || heading.hasPrefix(name + " (")
          && heading.dropFirst(name.count + 2).dropLast().isDigits
    }
    guard let found = fitting.first, fitting.count == 1 else {
      throw .whichColumn((fitting.isEmpty ? assignments : fitting).map { header[$0] })
    }
    return found
  }

  private static func maximumNotes(_ text: String, _ results: [ClassResult]) -> [String] {
    ReturnCheck.maximum(text, results).map {
      ["Canvas has \(text.trimmed) points possible, the grades are of \($0)."]
    } ?? []
  }
}

/// The comparisons that are made before grades leave.
enum ReturnCheck {
  /// The grades' own maximum if it is another than the system's.
  static func maximum(_ text: String, _ results: [ClassResult]) -> Points? {
    guard let theirs = Double(text.trimmed),
      let ours = results.lazy.compactMap(\.final).first?.maxScore,
      abs(theirs - ours.value) > 1e-6
    else { return nil }
    return ours
  }
}

import Foundation
import GraderCore

/// All results as one table for spreadsheets, gathered one at a time.
///
/// One row for each student, also of a group; with a column for each part of the assignment, each
/// test, and each item that people mark. No field can be taken for a formula.
package struct ClassTable {
  /// The items of all grades, in the order in which rubrics have them.
  package private(set) var items: [String] = []
  private var parts: [String] = []
  private var places: (parts: [String: Int], items: [String: Int]) = ([:], [:])
  private var rows: [Row] = []

  /// A student's row as text, since a large class has many.
  private struct Row {
    /// The cells that every row has.
    var start: String
    var (parts, items): (Cells, Cells)
  }

  /// The cells of the columns that were known when a row was added, each behind a comma.
  private struct Cells {
    let text: String
    let count: Int

    init(_ points: [Points?]) {
      text = points.map { ",\(ClassTable.points($0))" }.joined()
      count = points.count
    }

    /// As many cells as there are columns, the last of them empty.
    func text(of columns: Int) -> String {
      text + String(repeating: ",", count: columns - count)
    }
  }

  /// A table without rows.
  package init() {}

  /// Adds the rows of a result.
  package mutating func add(_ result: ClassResult) {
    let tests = result.grade?.tests ?? []
    for test in tests {
      if let part = test.part { Self.note(part, in: &parts, &places.parts) }
      Self.note(test.id, in: &items, &places.items)
    }
    let cells = (Cells(sums(of: tests)), Cells(scores(of: tests, marks: result.marks)))
    let facts = Self.facts(of: result)
    let people: [Student?] = result.students.isEmpty ? [nil] : result.students.map { $0 }
    for person in people {
      let start = CSV.line(Self.person(of: person) + facts)
      rows.append(Row(start: start, parts: cells.0, items: cells.1))
    }
  }

  private static func note(
    _ name: String,
    in names: inout [String],
    _ places: inout [String: Int]
  ) {
    guard places[name] == nil else { return }
    places[name] = names.count
    names.append(name)
  }

  /// Gives the table away line by line, without its text being in memory at once.
  ///
  /// The mark at the start makes spreadsheets read UTF-8.
  package func forEachLine<Failure>(
    _ body: (String) throws(Failure) -> Void
  ) throws(Failure) {
    let header =
      [
        "student", "name", "email", "section", "state", "machine", "marks", "late", "extra",
        "total", "maximum", "file", "handed in", "digest", "remarks",
      ] + parts.map { "part \($0)" } + items
    try body("\u{FEFF}" + CSV.text([header]))
    for row in rows {
      let cells = row.parts.text(of: parts.count) + row.items.text(of: items.count)
      try body(row.start + cells + "\r\n")
    }
  }

  private static func person(of student: Student?) -> [String] {
    [student?.id, student?.name, student?.email, student?.section].map { $0 ?? "" }
  }

  private static func facts(of result: ClassResult) -> [String] {
    let final = result.final
    return [
      state(of: result), points(final?.machine ?? result.grade?.score), points(final?.marks),
      points(lateness(in: final)), points(final?.extra),
      points(final?.total), points(final?.maxScore ?? result.grade?.maxScore),
      result.attempt?.originalName ?? "",
      result.attempt?.submittedAt?.formatted(.iso8601) ?? "",
      result.grade?.submission.digest ?? "",
      remarks(on: result).joined(separator: " "),
    ]
  }

  private static func remarks(on result: ClassResult) -> [String] {
    let unfit = result.unfitMarks.map { unfit in
      "\(unfit.mark.marker) gave \(unfit.mark.points) of now \(unfit.maximum) points for "
        + "\(unfit.mark.item): to be marked again."
    }
    return [result.withheld, result.open?.sentence].compactMap(\.self) + unfit
      + (result.final?.reasons ?? [])
  }

  /// The state of a result, in a word.
  private static func state(of result: ClassResult) -> String {
    if let open = result.open { return open.state }
    if result.withheld != nil { return "withheld" }
    guard let grade = result.grade else {
      return result.attempt == nil ? "nothing handed in" : "not graded"
    }
    guard grade.status == .graded, let final = result.final, final.total == nil else {
      return grade.status.rawValue
    }
    return (final.open ?? .marks).words
  }

  /// The machine's points for each part; nil where the grade has no test of it.
  private func sums(of tests: [Grade.TestResult]) -> [Points?] {
    var sums: [Points?] = Array(repeating: nil, count: parts.count)
    for test in tests {
      guard let place = test.part.flatMap({ places.parts[$0] }) else { continue }
      sums[place] = [sums[place] ?? .zero, test.score].total
    }
    return sums
  }

  /// The points for each item; nil where it waits for people, or the grade has no such item.
  private func scores(of tests: [Grade.TestResult], marks: [String: Points]) -> [Points?] {
    var scores: [Points?] = Array(repeating: nil, count: items.count)
    for test in tests.reversed() {
      guard let place = places.items[test.id] else { continue }
      scores[place] = test.status.isPending ? marks[test.id] : test.score
    }
    return scores
  }

  /// The points that lateness took; nil while that is open.
  private static func lateness(in final: FinalGrade?) -> Points? {
    guard let final, final.open != .lateness else { return nil }
    return Points(hundredths: -final.latePenalty.hundredths)
  }

  private static func points(_ points: Points?) -> String { points.map { "\($0)" } ?? "" }
}

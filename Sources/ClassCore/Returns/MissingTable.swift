import GraderCore

/// The students who have no final grade yet, and what each of them waits for.
package struct MissingTable {
  private var rows: [(student: Student, what: [String])] = []

  /// A table of nobody.
  package init() {}

  /// Adds the students of a result, with its final grade, if something is missing.
  package mutating func add(_ result: ClassResult) {
    let missing = Self.missing(in: result)
    if !missing.isEmpty { rows += result.students.map { ($0, missing) } }
  }

  /// True if everybody has a final grade, or handed nothing in.
  package var isEmpty: Bool { rows.isEmpty }

  /// The number of these students.
  package var count: Int { rows.count }

  /// One row for each student, for spreadsheets.
  package var text: String {
    let cells = rows.map { [$0.student.id, $0.student.name, $0.what.joined(separator: " ")] }
    return "\u{FEFF}" + CSV.text([["student", "name", "missing"]] + cells)
  }

  /// The first of them for a screen.
  package var lines: [String] {
    let shown = rows.prefix(20).map { row in
      let who = [row.student.id, row.student.name].filter { !$0.isEmpty }.joined(separator: " ")
      return "  \(Printable.line(who, longest: 60)): "
        + Printable.line(row.what.joined(separator: " "), longest: 300)
    }
    let more = rows.count - shown.count
    return ["\(rows.count) without a final grade:"] + shown
      + (more > 0 ? ["  and \(more) more; see missing.csv"] : [])
  }

  private static func missing(in result: ClassResult) -> [String] {
    if let open = result.open { return [open.sentence] }
    if let withheld = result.withheld, result.grade == nil { return ["Withheld: \(withheld)"] }
    guard let grade = result.grade, let final = result.final, let open = final.open else {
      return []
    }
    let unfit = result.unfitMarks.map { unfit in
      "\(unfit.mark.item) has \(unfit.mark.points) of \(unfit.maximum) points by "
        + "\(unfit.mark.marker): to be marked again."
    }
    let fit = Set(result.unfitMarks.map(\.mark.item))
    let waiting = grade.tests.filter {
      $0.status.isPending && result.marks[$0.id] == nil && !fit.contains($0.id)
    }
    return unfit + waiting.map { "\($0.id) is to be marked." }
      + (open == .lateness ? ["Whether it was late is to be decided: extensions, onTime."] : [])
  }
}

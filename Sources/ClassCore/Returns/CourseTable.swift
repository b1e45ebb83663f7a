import GraderCore

/// The final grades of several assignments as one table, without each student's worst ones.
package struct CourseTable: Sendable {
  /// One assignment's class.
  package struct Part: Sendable {
    /// The title of its column.
    package var name: String
    /// Everybody's result, with final grades.
    package var results: [FinalResult]
    /// The list of everybody, which may hold more that tells who somebody is; nil if there is none.
    package var roster: Roster?

    package init(name: String, results: [FinalResult], roster: Roster? = nil) {
      (self.name, self.results, self.roster) = (name, results, roster)
    }
  }

  /// A student's standing in one assignment.
  private enum Standing {
    case graded(FinalGrade)
    /// A person has to mark something, or the grade is withheld.
    case open(String)
    case nothing
  }

  private let names: [String]
  private let standings: [[String: Standing]]
  private let maxima: [Points]
  private let people: [CoursePerson]
  /// The sentences on how the classes were joined that a person should read.
  package let remarks: [String]

  /// Joins classes on all that tells who their students are.
  ///
  /// - Throws: `CourseProblem` where one person may have two rows, or two persons one.
  package init(_ parts: [Part]) throws(CourseProblem) {
    names = parts.map(\.name)
    standings = parts.map { Self.standings(in: $0.results) }
    // Who handed nothing in could have reached what most others could.
    maxima = parts.map { part in
      let counts = Dictionary(grouping: part.results.compactMap(\.final?.maxScore), by: \.self)
      return counts.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.key ?? .zero
    }
    people = try CoursePerson.joined(parts)
    remarks = CoursePerson.strangers(people, parts)
  }

  private static func standings(in results: [FinalResult]) -> [String: Standing] {
    var standings: [String: Standing] = [:]
    for result in results {
      let standing: Standing
      if let final = result.final {
        standing = final.total == nil ? .open((final.open ?? .marks).words) : .graded(final)
      } else if let open = result.open {
        standing = .open("is open. \(open.sentence.dropLast())")
      } else if result.isWithheld || result.attempt != nil {
        standing = .open("has no grade yet")
      } else {
        standing = .nothing
      }
      for student in result.students {
        if case .nothing? = standings[student.id] { standings[student.id] = nil }
        if standings[student.id] == nil { standings[student.id] = standing }
      }
    }
    return standings
  }

  /// One row for each student: the grades, their sum, and what was left out of it.
  ///
  /// Who handed nothing in has 0 points there. The sum is empty while a grade is open, because it
  /// may be the one that does not count. No field can be taken for a formula.
  ///
  /// - Parameter count: How many of the worst, by share of what could be reached, do not count.
  /// - Returns: The table.
  package func text(droppingLowest count: Int) -> String {
    let header = ["student", "name"] + names + ["total", "maximum", "remarks"]
    return "\u{FEFF}" + CSV.text([header] + people.map { row(of: $0, droppingLowest: count) })
  }

  private func row(of person: CoursePerson, droppingLowest count: Int) -> [String] {
    var grades: [FinalGrade] = []
    var remarks: [String] = []
    var fields: [String] = []
    for (place, name) in names.enumerated() {
      switch person.ids[place].flatMap({ standings[place][$0] }) ?? .nothing {
      case .graded(let final):
        grades.append(final)
        fields.append(final.total.map { "\($0)" } ?? "")
      case .open(let why):
        remarks.append("\(name) \(why).")
        fields.append("")
      case .nothing:
        grades.append(.nothing(of: maxima[place]))
        fields.append("0")
        remarks.append("Nothing handed in for \(name).")
      }
    }
    var sums = ["", ""]
    if grades.count == names.count {
      let dropped = grades.places(ofLowest: count)
      let kept = grades.indices.filter { !dropped.contains($0) }.map { grades[$0] }
      sums = ["\(kept.compactMap(\.total).total)", "\(kept.map(\.maxScore).total)"]
      remarks += dropped.map { "\(names[$0]) does not count: it went worst." }
    }
    let student = person.student
    return [student.id, student.name] + fields + sums + [remarks.joined(separator: " ")]
  }
}

extension FinalGrade {
  fileprivate static func nothing(of maximum: Points) -> FinalGrade {
    FinalGrade(
      machine: .zero,
      marks: .zero,
      latePenalty: .zero,
      extra: .zero,
      total: .zero,
      maxScore: maximum,
      reasons: []
    )
  }
}

import GraderCore

/// The figures of a class's grades, gathered one result at a time.
///
/// Of each result only figures are kept, so that memory stays small however large the class is.
package struct ClassReport: Sendable {
  /// The heading, such as the assignment's title.
  package let title: String
  /// The date on which the report was made, for people.
  package let date: String
  /// The rows in the order in which they were added.
  private(set) var rows: [Row] = []
  /// The rubric's items in the order in which they were first seen.
  private(set) var items: [Item] = []
  private(set) var diagnoses = DiagnosisCounts()
  private(set) var examples = ExampleCounts()
  /// The number of grades of each assignment.
  private(set) var assignments: [String: Int] = [:]
  private var positions: [String: Int] = [:]
  private var cohorts: [Cohort] = []
  /// The clocks that tell when the hand-ins came.
  private(set) var clocks = ClockCounts()
  /// The number of grades of submissions of which nothing could be tried.
  private var untried = 0

  /// The number of results that it holds.
  package var count: Int { rows.count }

  /// Figures on how well the tests measure.
  package var analysis: ItemAnalysis { ItemAnalysis(cohorts, items: items, untried: untried) }

  /// A report on nobody yet.
  package init(title: String, date: String) {
    self.title = title
    self.date = date
  }

  /// One line of the table.
  struct Row: Sendable {
    var name: String
    var id: String
    var section: String
    var state: State
    var score: Points?
    var maxScore: Points?
    var total: Points?
    var isLate: Bool
    var seconds: Double?
    /// A letter for each item, see `Verdict.Kind.letter`; shorter if items came later.
    var verdicts: [UInt8]
    /// Points where the letter does not tell them.
    var partial: [Int: Points]
    /// The reason why a grade is withheld.
    var note: String
  }

  /// The stage that a submission reached.
  enum State: Int, CaseIterable, Sendable {
    case graded, incomplete, didNotBuild, unreadable, withheld, nothing, notTakenIn, notGraded
    case waitsForMarks, hasMarkAboveMaximum, waitsForTime

    var words: String {
      switch self {
      case .graded: "graded"
      case .incomplete: "some tests not run"
      case .didNotBuild: "did not build"
      case .unreadable: "unreadable"
      case .withheld: "withheld"
      case .nothing: "nothing handed in"
      case .notTakenIn: "not taken in"
      case .notGraded: "not graded"
      case .waitsForMarks: FinalGrade.Open.marks.words
      case .hasMarkAboveMaximum: FinalGrade.Open.markAboveMaximum.words
      case .waitsForTime: FinalGrade.Open.lateness.words
      }
    }
  }

  /// Adds the results of those who handed in together.
  ///
  /// - Parameter members: One for each final grade among them; never none.
  /// - Returns: Their row, counted from zero, by which findings of similarity name it.
  @discardableResult
  package mutating func add(_ members: [ClassResult]) -> Int {
    var result = members[0]
    guard members.count > 1 else { return add(result) }
    result.students = members.flatMap(\.students)
    let place = add(result)
    rows[place].total = nil
    rows[place].note = members.map { part in
      let names = Self.joined(part.attempt?.students ?? [])
      return "\(names): \(part.final?.total.map { "\($0)" } ?? "open")"
    }.joined(separator: "; ")
    return place
  }

  /// Adds a result.
  ///
  /// - Parameter result: One student's or group's.
  /// - Returns: Its row, counted from zero, by which findings of similarity name it.
  @discardableResult
  package mutating func add(_ result: ClassResult) -> Int {
    var row = Row(
      name: Self.joined(result.students.map(\.name)),
      id: Self.joined(result.students.map(\.id)),
      section: Self.joined(Array(Set(result.students.compactMap(\.section))).sorted()),
      state: Self.state(of: result),
      score: result.grade?.score,
      maxScore: result.grade?.maxScore,
      total: result.final?.total,
      isLate: result.attempt?.isMarkedLate ?? ((result.final?.latePenalty ?? .zero) > .zero),
      seconds: nil,
      verdicts: [],
      partial: [:],
      note: result.withheld ?? result.open?.sentence
        ?? (result.grade?.intake.staffNotes ?? []).joined(separator: " ")
    )
    if let attempt = result.attempt { clocks.add(attempt) }
    if row.id.isEmpty { row.id = result.attempt?.originalName ?? "" }
    if let grade = result.grade {
      gather(grade, marks: result.marks, into: &row)
      let students = max(1, result.students.count)
      for test in grade.tests { examples.add(test, students: students) }
    }
    rows.append(row)
    return rows.count - 1
  }

  private static func joined(_ parts: [String]) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private static func state(of result: ClassResult) -> State {
    switch result.open {
    case .notTakenIn: return .notTakenIn
    case .notGraded: return .notGraded
    case nil: break
    }
    guard let grade = result.grade else { return result.attempt == nil ? .nothing : .withheld }
    switch grade.status {
    case .graded: break
    case .incomplete: return .incomplete
    case .didNotBuild: return .didNotBuild
    case .unreadable: return .unreadable
    }
    return switch result.final?.open {
    case .marks: .waitsForMarks
    case .markAboveMaximum: .hasMarkAboveMaximum
    case .lateness: .waitsForTime
    case nil: .graded
    }
  }

  private mutating func gather(_ grade: Grade, marks: [String: Points], into row: inout Row) {
    if let assignment = grade.assignment { assignments[assignment, default: 0] += 1 }
    let ran = grade.tests.compactMap(\.usage)
    if !ran.isEmpty { row.seconds = ran.map(\.wallSeconds).reduce(0, +) }
    for test in grade.tests {
      let position = position(of: test)
      while row.verdicts.count <= position { row.verdicts.append(Verdict.Kind.letterIfAbsent) }
      row.verdicts[position] = test.status.letter
      if test.score > .zero, test.score < test.maxScore { row.partial[position] = test.score }
      items[position].add(test, mark: marks[test.id])
      diagnoses.add(test)
    }
    compare(grade, marks: marks)
  }

  /// Counts a submission among those that were graded by the same tests.
  private mutating func compare(_ grade: Grade, marks: [String: Points]) {
    switch grade.status {
    case .graded, .incomplete: break
    case .didNotBuild, .unreadable:
      // Zeros everywhere would say of all tests that they are alike.
      untried += 1
      return
    }
    let tests = grade.tests.filter { $0.maxScore > .zero }
      .map { (place: position(of: $0), test: $0) }.sorted { $0.place < $1.place }
    let entries = tests.map { Cohort.Entry(place: $0.place, maxScore: $0.test.maxScore) }
    let known = cohorts.firstIndex { $0.entries == entries }
    if known == nil { cohorts.append(Cohort(entries: entries)) }
    cohorts[known ?? cohorts.count - 1].add(
      tests.map { $0.test.status.isPending ? marks[$0.test.id] : $0.test.score }
    )
  }

  private mutating func position(of test: Grade.TestResult) -> Int {
    if let known = positions[test.id] { return known }
    items.append(Item(test))
    positions[test.id] = items.count - 1
    return items.count - 1
  }
}

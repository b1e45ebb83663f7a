package import GraderCore

/// The gains and losses by a change of the suite, by student and test.
package struct RegradeDiff: Equatable, Sendable {
  /// An attempt before and after.
  package struct Row: Equatable, Sendable {
    /// The name of its owner.
    package var name: String
    /// The score before.
    package var before: Points
    /// The score by the new suite.
    package var after: Points
    /// The changes of the tests, where there are any, in the order of the rubric.
    package var tests: [(id: String, change: Points)] { changes.map { ($0.id, $0.change) } }
    /// True if the earlier grade stays because nobody is to lose points.
    package var isKept: Bool
    private var changes: [Change]

    private struct Change: Equatable, Sendable {
      var id: String
      var change: Points
    }

    /// The difference between two grades.
    package init(name: String, before: Grade, after: Grade, isKept: Bool) {
      self.name = name
      self.before = before.score
      self.after = after.score
      self.isKept = isKept
      let old = Dictionary(before.tests.map { ($0.id, $0.score.hundredths) }) { first, _ in first }
      let new = Dictionary(after.tests.map { ($0.id, $0.score.hundredths) }) { first, _ in first }
      let ids = after.tests.map(\.id) + before.tests.map(\.id).filter { new[$0] == nil }
      changes = ids.compactMap { id in
        let change = new[id, default: 0] - old[id, default: 0]
        return change == 0 ? nil : Change(id: id, change: Points(hundredths: change))
      }
    }

    /// True if anything is different.
    var isChanged: Bool { before != after || !changes.isEmpty }
  }

  /// All that were graded again, in the class's order.
  package var rows: [Row]
  /// The number of tests that ran, and of all tests in these grades.
  package var ran: (tests: Int, of: Int) {
    get { (ranTests, allTests) }
    set { (ranTests, allTests) = (newValue.tests, newValue.of) }
  }
  private var ranTests = 0
  private var allTests = 0
  /// Entries that the change does not reach.
  package var untouched: Int
  /// Entries whose grade is withheld, and why.
  package var withheld: [BatchTally.Withheld]
  /// True if it only says what a regrade would change.
  package var isTrial: Bool

  package init(
    rows: [Row] = [],
    untouched: Int = 0,
    withheld: [BatchTally.Withheld] = [],
    isTrial: Bool = false
  ) {
    self.isTrial = isTrial
    self.rows = rows
    self.untouched = untouched
    self.withheld = withheld
  }

  /// The difference for people.
  package var text: String {
    let gained = rows.filter { $0.after > $0.before }
    let lost = rows.filter { $0.after < $0.before }
    var lines = [
      "\(rows.count) graded again, \(untouched) not touched by the change; "
        + "\(ran.tests) of \(ran.of) tests ran.",
      "\(gained.count) gained, \(lost.count) lost, "
        + "\(rows.count - gained.count - lost.count) as before.",
    ]
    for row in rows where row.isChanged {
      let parts = row.tests.map { "\($0.id) \(signed($0.change))" }.joined(separator: ", ")
      let kept = row.isKept ? "; the earlier grade stays" : ""
      let name = Printable.line(row.name, longest: 60)
      lines.append("  \(name)  \(row.before) -> \(row.after)  (\(parts))\(kept)")
    }
    lines += byTest
    for item in withheld {
      let reason = Printable.line(item.reason, longest: 300)
      lines.append("  \(Printable.line(item.name, longest: 60))  withheld: \(reason)")
    }
    if isTrial { lines.append("Nothing is changed yet: the same without --dry-run does it.") }
    return lines.joined(separator: "\n")
  }

  /// Lines on the number of students who gained and lost by each test.
  private var byTest: [String] {
    var counts: [String: (up: Int, down: Int)] = [:]
    var order: [String] = []
    for (id, change) in rows.flatMap(\.tests) {
      if counts[id] == nil { order.append(id) }
      counts[id, default: (0, 0)].up += change > .zero ? 1 : 0
      counts[id, default: (0, 0)].down += change < .zero ? 1 : 0
    }
    guard !order.isEmpty else { return [] }
    return ["By test:"]
      + order.map { id in
        let (up, down) = counts[id, default: (0, 0)]
        return "  \(id): \(up) gained, \(down) lost"
      }
  }

  private func signed(_ points: Points) -> String {
    points > .zero ? "+\(points)" : "\(points)"
  }
}

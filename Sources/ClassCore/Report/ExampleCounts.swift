package import GraderCore

/// The students that fail on each counterexample.
package struct ExampleCounts: Sendable {
  /// An input of a test's function, and what it gives there.
  private struct Key: Hashable {
    var id: String
    var search: ExampleSearch
  }

  /// A counterexample with those who fail on it.
  package struct Group: Sendable {
    /// The row of one of them.
    package var row: Grade.TestResult
    /// The number of students.
    package var students: Int
    /// Its place among those that were found.
    fileprivate let number: Int
  }

  private var groups: [Key: Group] = [:]
  private var outcomes: [ExampleSearch.Outcome: Int] = [:]

  /// Answers are the students' own: beyond this many, new ones are not told apart.
  private static let mostKeys = 1_000

  mutating func add(_ test: Grade.TestResult, students: Int) {
    guard var search = test.facts?.search else { return }
    guard search.outcome == .found else {
      outcomes[search.outcome, default: 0] += students
      return
    }
    // Another way may have led to it.
    search.questions = nil
    let key = Key(id: test.id, search: search)
    guard groups[key] != nil || groups.count < Self.mostKeys else { return }
    let group = Group(row: test, students: 0, number: groups.count)
    groups[key, default: group].students += students
  }

  /// The answers that are wrong and have no counterexample, in a sentence; nil if there are none.
  package var remark: String? {
    let counts = [
      (outcomes[.none], "none was found among the small inputs that were tried"),
      (outcomes[.notSearched], "none was looked for"),
    ]
    let parts = counts.compactMap { count, words in count.map { "for \($0) \(words)" } }
    return parts.isEmpty ? nil : "Of the other wrong answers, \(parts.joined(separator: ", "))."
  }

  /// The counterexamples on which most students fail.
  package func most(_ number: Int) -> [Group] {
    let sorted = groups.values.sorted { ($1.students, $0.number) < ($0.students, $1.number) }
    return Array(sorted.prefix(number))
  }
}

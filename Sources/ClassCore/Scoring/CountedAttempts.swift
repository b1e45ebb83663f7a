package import GraderCore

/// The attempts that count under a policy, whichever policy the class was graded with.
package struct CountedAttempts {
  /// The students for whom an attempt counts, by its id.
  private var owners: [String: [String]] = [:]
  /// Students of whom some attempt has no grade, while the best counts.
  private var undecided: Set<String> = []
  private let rule: AttemptRule

  /// All attempts that are there, with the points of those that have a grade.
  package init(_ attempts: [(attempt: Attempt, score: Points?)], policy: ClassPolicy) {
    rule = policy.attempts
    let scores = Dictionary(attempts.map { ($0.attempt.id, $0.score) }) { first, _ in first }
    let score = { (attempt: Attempt) -> Points? in scores[attempt.id] ?? nil }
    if rule == .best {
      for (attempt, score) in attempts where score == nil { undecided.formUnion(attempt.students) }
    }
    for attempt in policy.counting(attempts.map(\.attempt), score: score) where attempt.counts {
      owners[attempt.id] = attempt.students
    }
    guard rule == .best else { return }
    settleUndecided(attempts.map(\.attempt))
  }

  /// Leaves of an undecided student's attempts the last one, as the place where that is told.
  private mutating func settleUndecided(_ attempts: [Attempt]) {
    var byStudent: [String: [Attempt]] = [:]
    for attempt in attempts {
      for student in owners[attempt.id] ?? [] where undecided.contains(student) {
        byStudent[student, default: []].append(attempt)
      }
    }
    for (student, mine) in byStudent {
      let last = mine.max { $0.number < $1.number }
      for attempt in mine where attempt.id != last?.id {
        owners[attempt.id]?.removeAll { $0 == student }
      }
    }
  }

  /// Tells whether an attempt counts for somebody, or is nobody's.
  package func contains(_ attempt: Attempt) -> Bool {
    owners[attempt.id].map { $0.isEmpty == attempt.students.isEmpty } ?? false
  }

  /// A result with the students for whom its attempt counts; nil if it counts for nobody.
  package func narrowed(_ result: ClassResult) -> ClassResult? {
    guard let attempt = result.attempt else { return result }
    guard contains(attempt), let mine = owners[attempt.id] else { return nil }
    var result = result
    result.attempt?.students = mine
    result.students.removeAll { !mine.contains($0.id) }
    if let trouble = attempt.trouble {
      (result.open, result.grade, result.withheld) = (.notTakenIn(trouble), nil, nil)
    }
    let isUndecided = mine.contains(where: undecided.contains)
    if result.open == nil, isUndecided || !result.isGraded && result.withheld == nil {
      (result.open, result.grade) = (.notGraded(rule), nil)
    }
    return result
  }
}

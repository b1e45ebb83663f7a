import Foundation
package import GraderCore

extension ClassPolicy {
  /// All attempts, and whether each counts for somebody.
  ///
  /// With the rule `best`, attempts without a score count until all are graded. An attempt of
  /// several students that counts for some of them is theirs alone.
  package func counting(
    _ all: [Attempt],
    score: (Attempt) -> Points? = { _ in nil }
  ) -> [Attempt] {
    var owners: [[String]] = all.map { _ in [] }
    for (student, places) in placesByStudent(all) {
      let ordered = places.sorted { left, right in
        isBefore(all[left], all[right]) ?? (left < right)
      }
      let mine = ordered.map { all[$0] }
      let scores = mine.map(score)
      let due = due(for: [student])
      let isOpen = attempts == .best && scores.contains { $0 == nil }
      let chosen =
        isOpen
        ? Array(mine.indices)
        : attempts.choose(mine, scores: scores, due: due).map { [$0] } ?? []
      for place in chosen { owners[ordered[place]].append(student) }
    }
    return all.indices.map { place in
      var attempt = all[place]
      // What nobody knows whose it is counts by itself.
      attempt.counts = attempt.students.isEmpty || !owners[place].isEmpty
      if !owners[place].isEmpty {
        attempt.students = attempt.students.filter(owners[place].contains)
      }
      return attempt
    }
  }

  /// All attempts with their students, each marked if it counts for some of them.
  package func flagging(
    _ all: [Attempt],
    score: (Attempt) -> Points? = { _ in nil }
  ) -> [Attempt] {
    zip(all, counting(all, score: score)).map { attempt, counted in
      var attempt = attempt
      attempt.counts = counted.counts
      return attempt
    }
  }

  private func placesByStudent(_ attempts: [Attempt]) -> [String: [Int]] {
    var places: [String: [Int]] = [:]
    for (place, attempt) in attempts.enumerated() {
      for student in attempt.students { places[student, default: []].append(place) }
    }
    return places
  }

  /// Nil if nothing says which came first.
  private func isBefore(_ left: Attempt, _ right: Attempt) -> Bool? {
    if let one = left.submittedAt, let other = right.submittedAt, one != other {
      return one < other
    }
    return left.number == right.number ? nil : left.number < right.number
  }
}

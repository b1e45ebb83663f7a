package import Foundation
import GraderCore

/// Computes final grades from raw data, the same way for all that leaves the class.
package struct FinalGrading {
  private let marks: [String: [Mark]]
  private let policy: ClassPolicy
  private let now: Date

  /// With all marks that count, what the class agreed on, and the time.
  package init(marks: [Mark], policy: ClassPolicy, now: Date) {
    self.marks = Dictionary(grouping: marks, by: \.submission)
    self.policy = policy
    self.now = now
  }

  /// A result with its marks, its final grade and its students' due date as it is now.
  ///
  /// Of a team whose members differ it is the grade of the first.
  package func finished(_ result: ClassResult) -> ClassResult { members(of: result)[0] }

  /// The results of those who handed in together: one for each final grade that differs, since
  /// extensions, extra points and deductions are each member's own.
  ///
  /// What students may see waits for the latest due date of the team.
  package func members(of result: ClassResult) -> [ClassResult] {
    var result = result
    let students = result.attempt?.students ?? result.students.map(\.id)
    result.deadline = Deadline(due: policy.due(for: students), now: now)
    let own = result.grade?.submission.digest.flatMap { marks[$0] } ?? []
    addMarks(own, to: &result)
    guard result.open == nil, let grade = result.grade, let attempt = result.attempt else {
      return [result]
    }
    let single = students.count > 1 ? students.map { [$0] } : [students]
    let finals = single.map { group in
      var mine = attempt
      mine.students = group
      return finalGrade(of: grade, mine, result, marks: own)
    }
    return Self.parts(of: result, zip(single, finals).map { ($0, $1) })
  }

  /// A result taken apart by its final grades, in the order of the first who has each.
  private static func parts(
    of result: ClassResult,
    _ grades: [(students: [String], final: FinalGrade)]
  ) -> [ClassResult] {
    var parts: [ClassResult] = []
    for (students, final) in grades {
      if let same = parts.firstIndex(where: { $0.final == final }) {
        parts[same].attempt?.students += students
      } else {
        var part = result
        part.final = final
        part.attempt?.students = students
        parts.append(part)
      }
    }
    guard parts.count > 1 else { return parts }
    for place in parts.indices {
      let mine = Set(parts[place].attempt?.students ?? [])
      parts[place].students.removeAll { !mine.contains($0.id) }
    }
    return parts
  }

  // MARK: Marks

  /// Settles what people gave; where a mark is above its maximum nothing is settled.
  private func addMarks(_ own: [Mark], to result: inout ClassResult) {
    let most = Dictionary((result.grade?.tests ?? []).map { ($0.id, $0) }) { first, _ in first }
    for (item, given) in Dictionary(grouping: own, by: \.item) {
      let counted = policy.markers == .last ? Array(given.suffix(1)) : given
      let unfit = most[item].map { test in counted.filter { $0.points > test.maxScore } } ?? []
      result.unfitMarks += unfit.map {
        ClassResult.UnfitMark(mark: $0, maximum: most[item]?.maxScore ?? .zero)
      }
      if unfit.isEmpty { result.marks[item] = policy.markers.settled(given.map(\.points)) }
    }
    result.unfitMarks.sort { ($0.mark.item, $0.mark.marker) < ($1.mark.item, $1.mark.marker) }
  }

  private func finalGrade(
    of grade: Grade,
    _ attempt: Attempt,
    _ result: ClassResult,
    marks: [Mark]
  ) -> FinalGrade {
    var final = policy.finalGrade(
      of: grade,
      attempt: attempt,
      marks: result.marks,
      deadline: result.deadline
    )
    if final.open == .marks, !result.unfitMarks.isEmpty { final.open = .markAboveMaximum }
    // What a marker wrote is for the student, once the points are settled.
    for test in grade.tests where result.marks[test.id] != nil {
      var said: Set<String> = []
      let comments = marks.filter { $0.item == test.id && !$0.comment.isEmpty }.map(\.comment)
      final.reasons += comments.filter { said.insert($0).inserted }.map { "\(test.title): \($0)" }
    }
    return final
  }
}

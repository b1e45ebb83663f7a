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
  package func finished(_ result: ClassResult) -> ClassResult {
    var result = result
    let students = result.attempt?.students ?? result.students.map(\.id)
    result.deadline = Deadline(due: policy.due(for: students), now: now)
    let own = result.grade?.submission.digest.flatMap { marks[$0] } ?? []
    let points = Dictionary(grouping: own, by: \.item).mapValues { $0.map(\.points) }
    result.marks = points.compactMapValues(policy.markers.settled)
    result.final = finalGrade(of: result, marks: own)
    return result
  }

  private func finalGrade(of result: ClassResult, marks: [Mark]) -> FinalGrade? {
    guard let grade = result.grade, let attempt = result.attempt else { return nil }
    var final = policy.finalGrade(
      of: grade,
      attempt: attempt,
      marks: result.marks,
      deadline: result.deadline
    )
    // What a marker wrote is for the student, once the points are settled.
    for test in grade.tests where result.marks[test.id] != nil {
      var said: Set<String> = []
      let comments = marks.filter { $0.item == test.id && !$0.comment.isEmpty }.map(\.comment)
      final.reasons += comments.filter { said.insert($0).inserted }.map { "\(test.title): \($0)" }
    }
    return final
  }

  /// Everybody's result with the final grade; of the attempts of one student, if the best counts,
  /// without those that another surpasses.
  package func results(_ results: [ClassResult]) -> [ClassResult] {
    let results = results.map(finished)
    guard policy.attempts == .best else { return results }
    let graded = results.compactMap { result in result.attempt.map { ($0.id, result.grade?.score) }
    }
    let scores = Dictionary(graded) { first, _ in first }
    // What has no grade surpasses nothing.
    let counted = policy.counting(results.compactMap(\.attempt)) { attempt in
      (scores[attempt.id] ?? nil) ?? Points(hundredths: -1)
    }
    let surpassed = Set(counted.filter { !$0.counts }.map(\.id))
    return results.filter { result in !surpassed.contains(result.attempt?.id ?? "") }
  }
}

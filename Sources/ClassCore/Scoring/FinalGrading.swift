package import GraderCore

/// Computes final grades from raw data, the same way for all that leaves the class.
package struct FinalGrading {
  private let marks: [String: [Mark]]
  private let policy: ClassPolicy

  /// With all marks that count, and what the class agreed on.
  package init(marks: [Mark], policy: ClassPolicy) {
    self.marks = Dictionary(grouping: marks, by: \.submission)
    self.policy = policy
  }

  /// The final grade of a result; nil if it has no grade.
  package func finalGrade(of result: ClassResult) -> FinalGrade? {
    guard let grade = result.grade, let attempt = result.attempt else { return nil }
    let own = grade.submission.digest.flatMap { marks[$0] } ?? []
    let points = Dictionary(grouping: own, by: \.item).mapValues { $0.map(\.points) }
    let settled = points.compactMapValues(policy.markers.settled)
    var final = policy.finalGrade(of: grade, attempt: attempt, marks: settled)
    // What a marker wrote is for the student, once the points are settled.
    for test in grade.tests where settled[test.id] != nil {
      var said: Set<String> = []
      let comments = own.filter { $0.item == test.id && !$0.comment.isEmpty }.map(\.comment)
      final.reasons += comments.filter { said.insert($0).inserted }.map { "\(test.title): \($0)" }
    }
    return final
  }
}

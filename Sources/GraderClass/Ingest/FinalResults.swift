package import ClassCore
import Foundation
import Gradebook
package import GraderCore
package import GraderRuntime

extension ResultsFolder {
  private var policyPath: String { "\(path)/policy.yaml" }
  private var rosterPath: String { "\(path)/roster.csv" }

  /// Keeps the class's policy and roster with its results, so that later runs need not name them.
  package func keep(policy: String?, roster: String?) throws(GraderFault) {
    for (file, kept) in [(policy, policyPath), (roster, rosterPath)] {
      guard let file, Files.real(file) != Files.real(kept) else { continue }
      try Files.write(try Files.read(file), to: kept)
    }
  }

  /// The policy in a file, else the one that was kept, else none.
  package func policy(_ file: String? = nil) throws(GraderFault) -> ClassPolicy {
    if let file { return try PolicyFile.read(file) }
    return Files.exists(policyPath) ? try PolicyFile.read(policyPath) : ClassPolicy()
  }

  /// The roster that was kept; nil if none was.
  package func roster() throws(GraderFault) -> Roster? {
    Files.exists(rosterPath) ? try RosterFile.read(rosterPath).roster : nil
  }

  /// What it takes to compute final grades: the marks as they are now, and a policy.
  package func finalGrading(_ policy: ClassPolicy) throws(GraderFault) -> FinalGrading {
    FinalGrading(marks: try withBook { try $0.marks() }, policy: policy)
  }

  /// Everybody's result with the final grade, computed anew from grades, marks and policy.
  package func finalResults(_ policy: ClassPolicy) throws(GraderFault) -> [ClassResult] {
    let grading = try finalGrading(policy)
    var results = try withBook { try $0.results() }
    for place in results.indices { results[place].final = grading.finalGrade(of: results[place]) }
    return policy.attempts == .best ? Self.best(of: results, policy) : results
  }

  /// The results without attempts that others of the same student surpass.
  private static func best(of results: [ClassResult], _ policy: ClassPolicy) -> [ClassResult] {
    let places = results.indices.filter { results[$0].attempt != nil }
    let scores = Dictionary(
      places.map { (results[$0].attempt, results[$0].grade?.score) }
    ) { first, _ in first }
    // What has no grade surpasses nothing.
    let counting = policy.counting(places.compactMap { results[$0].attempt }) { attempt in
      (scores[attempt] ?? nil) ?? Points(hundredths: -1)
    }
    let surpassed = Set(zip(places, counting).filter { !$1.counts }.map(\.0))
    return results.indices.filter { !surpassed.contains($0) }.map { results[$0] }
  }
}

/// Computes final grades from raw data, the same way for all that leaves the class.
package struct FinalGrading {
  private let marks: [String: [Mark]]
  private let policy: ClassPolicy

  init(marks: [Mark], policy: ClassPolicy) {
    self.marks = Dictionary(grouping: marks, by: \.submission)
    self.policy = policy
  }

  /// What a result comes to in the end; nil if it has no grade.
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

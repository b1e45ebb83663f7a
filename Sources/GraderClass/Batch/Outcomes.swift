package import ClassCore
import Foundation
import Gradebook
import GraderCore
package import GraderRuntime

extension ResultsFolder {
  /// All rows of the class with what each student gets in the end, in order.
  ///
  /// Only one is in memory at a time.
  package func forEachResult(
    under policy: ClassPolicy,
    _ body: (Entry?, ClassResult) throws -> Void
  ) throws(GraderFault) {
    try withBook { book in
      let marks = MarkBook(try book.marks())
      try book.forEachResult { entry, result in
        var result = result
        if let grade = result.grade, let attempt = result.attempt {
          let given = marks.points(of: grade.submission.digest)
          result.final = policy.finalGrade(of: grade, attempt: attempt, marks: given)
        }
        try body(entry, result)
      }
    }
  }

  /// All rows at once.
  package func results(under policy: ClassPolicy) throws(GraderFault) -> [ClassResult] {
    var results: [ClassResult] = []
    try forEachResult(under: policy) { results.append($1) }
    return results
  }
}

/// What people gave, by submission and item: the mean of all markers.
struct MarkBook {
  private var points: [String: [String: Points]] = [:]

  init(_ marks: [Mark]) {
    let groups = Dictionary(grouping: marks) { [$0.submission, $0.item] }
    for (key, marks) in groups {
      let sum = marks.map(\.points).total.hundredths
      let mean = (2 * sum + marks.count) / (2 * marks.count)
      points[key[0], default: [:]][key[1]] = Points(hundredths: mean)
    }
  }

  func points(of submission: String?) -> [String: Points] {
    submission.flatMap { points[$0] } ?? [:]
  }
}

import Foundation
package import GraderCore

/// A grade as the `result.json` that Classroom 50 collects: `classroom50/result/v1`.
///
/// It lies in a release of the student's repository, so it holds the student's view. Points are
/// whole numbers there, hence hundredths. Who and what was graded comes from the environment of its
/// runner, which stamps owner, kind and time once more.
///
/// Source: Classroom 50's documentation, "The `result.json` contract".
package struct Classroom50Result: Encodable {
  private let schema = "classroom50/result/v1"
  private let classroom: String
  private let assignment: String
  private let assignmentType: String
  private let owner: String
  private let submission: String
  private let commit: String
  private let release: String
  private let review: String
  private let datetime: String
  private let gradedAt: String
  private let score: Int
  private let maxScore: Int
  private let tests: [Row]

  private enum CodingKeys: String, CodingKey {
    case schema, classroom, assignment, owner, submission, commit, release, review, datetime, score
    case tests
    case assignmentType = "assignment_type"
    case gradedAt = "graded_at"
    case maxScore = "max-score"
  }

  private struct Row: Encodable {
    var name: String
    var isPassed: Bool
    var score: Int
    var maxScore: Int
    var output: String

    enum CodingKeys: String, CodingKey {
      case score, output
      case name = "test-name"
      case isPassed = "passed"
      case maxScore = "max-score"
    }
  }

  /// A name that the runner should have put into the environment, or a value that cannot be.
  package struct Missing: Error, Equatable {
    /// The environment's variable.
    package let variable: String
  }

  /// The result for a submission that the environment describes.
  ///
  /// - Throws: `Missing` when the runner did not say what this is a result of.
  package init(_ view: StudentView, environment: [String: String]) throws(Missing) {
    func value(_ names: String...) throws(Missing) -> String {
      for name in names {
        if let text = environment[name], !text.isEmpty { return text }
      }
      throw Missing(variable: names[0])
    }
    let grade = view.grade
    classroom = try value("CLASSROOM")
    assignment = try value("ASSIGNMENT")
    assignmentType = try value("ASSIGNMENT_TYPE")
    owner = try value("OWNER", "USERNAME")
    submission = try value("SUBMISSION_TAG")
    guard submission.hasPrefix("submit/") else { throw Missing(variable: "SUBMISSION_TAG") }
    commit = try value("COMMIT_URL")
    release = try value("RELEASE_URL")
    review = try value("REVIEW_URL", "COMMIT_URL")
    (datetime, gradedAt) = (grade.provenance.gradedAt, grade.provenance.gradedAt)
    let rows = grade.tests.filter { $0.status != .pending }.map(Self.row)
    tests = rows + Self.rest(of: view, behind: rows)
    score = tests.reduce(0) { $0 + $1.score }
    maxScore = tests.reduce(0) { $0 + $1.maxScore }
  }

  private static func row(_ test: Grade.TestResult) -> Row {
    Row(
      name: test.title,
      isPassed: test.status == .passed,
      score: test.score.hundredths,
      maxScore: test.maxScore.hundredths,
      output: test.message
    )
  }

  /// One more row holds the points that no row shows: the sums are those of the rows.
  private static func rest(of view: StudentView, behind rows: [Row]) -> [Row] {
    let grade = view.grade
    let score = grade.score.hundredths - rows.reduce(0) { $0 + $1.score }
    let best = (grade.maxScore ?? .zero).hundredths - rows.reduce(0) { $0 + $1.maxScore }
    guard best > 0 else { return [] }
    let points = min(max(score, 0), best)
    return [
      Row(
        name: rows.isEmpty ? "Submission" : "Tests that are not shown",
        isPassed: points == best,
        score: points,
        maxScore: best,
        output: rows.isEmpty ? grade.message : view.remark ?? ""
      )
    ]
  }
}

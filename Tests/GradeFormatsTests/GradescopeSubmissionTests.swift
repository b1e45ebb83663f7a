import Foundation
import GradeFormats
import GraderCore
import TestSupport
import Testing

/// Gradescope's own words about a submission.
@Suite struct GradescopeSubmissionTests {
  private static func json(created: String, due: String?, points: String = "40.0") -> Data {
    let due = due.map { "\"\($0)\"" } ?? "null"
    let text = """
      {"id": 7, "created_at": "\(created)", "submission_method": "upload", "users": [],
       "assignment": {"due_date": \(due), "total_points": "\(points)", "id": 1, "title": "A1"},
       "previous_submissions": [{"score": 0.0, "autograder_error": true, "results": {}}]}
      """
    return Data(text.utf8)
  }

  @Test func lateAcrossZones() throws {
    let submission = try GradescopeSubmission(
      Self.json(
        created: "2026-04-01T14:22:32.365935-07:00",
        due: "2026-04-01T20:00:00.000000+00:00"
      )
    )
    #expect(submission.attempt == 2)
    #expect(
      submission.remarks(on: .hostile()) == [
        "Attempt 2.", "Handed in 1 h 23 min after the due date.",
      ]
    )
  }

  @Test func inTimeAndOtherPoints() throws {
    let submission = try GradescopeSubmission(
      Self.json(created: "2026-04-01T14:22:32-07:00", due: nil, points: "20.0")
    )
    #expect(submission.secondsLate == nil)
    #expect(submission.remarks(on: .hostile()).count == 2)
    #expect(submission.remarks(on: .hostile())[1].contains("20.0 points, the rubric as 40.0"))
  }

  @Test func otherFiles() {
    #expect(throws: DecodingError.self) { try GradescopeSubmission(Data("{}".utf8)) }
    #expect(throws: DecodingError.self) { try GradescopeSubmission(Data("[".utf8)) }
  }
}

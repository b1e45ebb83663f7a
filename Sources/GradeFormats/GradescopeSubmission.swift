package import Foundation
package import GraderCore

/// Gradescope's own facts about a submission, from its `submission_metadata.json`.
///
/// Times come from the file and not from a clock, so that grading again says the same.
package struct GradescopeSubmission: Equatable, Sendable {
  /// Its number there.
  package let id: Int
  /// The number of the attempt, from 1.
  package let attempt: Int
  /// The seconds after the due date; nil if in time, or if there is none.
  package let secondsLate: Double?
  /// All points of the assignment there, people's part included; nil if not said.
  package let totalPoints: Double?

  private struct File: Decodable {
    var id: Int
    var createdAt: String
    var assignment: Assignment
    var previousSubmissions: [Previous]?

    enum CodingKeys: String, CodingKey {
      case id, assignment
      case createdAt = "created_at"
      case previousSubmissions = "previous_submissions"
    }

    struct Assignment: Decodable {
      var dueDate: String?
      var totalPoints: String?

      enum CodingKeys: String, CodingKey {
        case dueDate = "due_date"
        case totalPoints = "total_points"
      }
    }

    /// Only how many there are matters.
    struct Previous: Decodable {}
  }

  /// Reads the file.
  ///
  /// - Throws: `DecodingError` if it is not such a file.
  package init(_ json: Data) throws {
    let file = try JSONDecoder().decode(File.self, from: json)
    id = file.id
    attempt = (file.previousSubmissions?.count ?? 0) + 1
    totalPoints = file.assignment.totalPoints.flatMap(Double.init)
    let due = file.assignment.dueDate.flatMap(Self.time)
    let late = Self.time(file.createdAt).flatMap { time in due.map { time.timeIntervalSince($0) } }
    secondsLate = late.flatMap { $0 > 0 ? $0 : nil }
  }

  /// ISO 8601 with or without fractions of a second.
  private static func time(_ text: String) -> Date? {
    let whole = text.replacing(/\.\d+/, with: "")
    return try? Date(whole, strategy: .iso8601)
  }

  /// Sentences for the top of the results.
  package func remarks(on grade: Grade) -> [String] {
    var remarks = ["Attempt \(attempt)."]
    if let secondsLate {
      let minutes = Int((secondsLate / 60).rounded(.up))
      remarks.append("Handed in \(minutes / 60) h \(minutes % 60) min after the due date.")
    }
    if let totalPoints, let best = grade.maxScore {
      let ours = best.value + grade.pendingPoints.value
      if abs(totalPoints - ours) > 0.005 {
        remarks.append(
          "Gradescope counts this assignment as \(totalPoints) points, the rubric as \(ours): "
            + "tell your teacher."
        )
      }
    }
    return remarks
  }
}

import Foundation
import GraderCore

/// Descriptions of which nothing but tests and points matters.
enum AssignmentText {
  static func assignment(
    _ tests: [(id: String, hundredths: Int, carries: [String])]
  ) throws -> Assignment {
    let rows = tests.map { id, hundredths, carries in
      let names = carries.map { "\"\($0)\"" }.joined(separator: ",")
      return """
        {"id": "\(id)", "method": "T/\(id)", "title": "\(id)", "part": "P",
         "points": \(Double(hundredths) / 100), "visibility": "visible",
         "carries": \(names.isEmpty ? "null" : "[\(names)]")}
        """
    }
    let text = """
      {"id": "a", "title": "A", "module": "A", "task": "T", "suite": "S", "parts": [],
       "tests": [\(rows.joined(separator: ","))], "pending": [], "limits": {}}
      """
    return try JSONDecoder().decode(Assignment.self, from: Data(text.utf8))
  }

  static func row(_ id: String, _ hundredths: Int) -> Grade.TestResult {
    Grade.TestResult(
      id: id,
      title: id,
      status: .failed,
      score: Points(hundredths: hundredths),
      maxScore: Points(hundredths: 200),
      visibility: .visible,
      message: "",
      staffMessage: "",
      usage: nil
    )
  }
}

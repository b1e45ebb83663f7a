import Foundation
import GradeFormats
import GraderCore
import TestSupport
import Testing

/// Results for Classroom 50.
@Suite struct Classroom50Tests {
  static let environment = [
    "CLASSROOM": "dl", "ASSIGNMENT": "a1", "ASSIGNMENT_TYPE": "individual", "OWNER": "alice",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d", "COMMIT_URL": "https://e/commit/1",
    "RELEASE_URL": "https://e/releases/1",
  ]

  /// The contract, rewritten from the documentation; what only its code checks stands below it.
  private static let check = """
    import json, sys, jsonschema
    text = {"type": "string", "minLength": 1}
    count = {"type": "integer", "minimum": 0}
    time = {"type": "string", "pattern": r"^\\d{4}-\\d\\d-\\d\\dT[0-2]\\d:[0-5]\\d:[0-5]\\dZ$"}
    row = {"type": "object", "required": ["test-name", "passed", "score", "max-score"],
           "properties": {"test-name": text, "passed": {"type": "boolean"}, "score": count,
                          "max-score": count, "output": {"type": "string"}}}
    fields = {"schema": {"const": "classroom50/result/v1"}, "classroom": text, "assignment": text,
              "assignment_type": {"enum": ["individual", "group", "team"]}, "owner": text,
              "submission": {"type": "string", "pattern": "^submit/"}, "commit": text,
              "release": text, "review": text, "datetime": time, "score": count,
              "max-score": count, "tests": {"type": "array", "items": row}}
    result = json.load(open(sys.argv[1]))
    jsonschema.validate(result, {"type": "object", "required": list(fields),
      "properties": fields | {"graded_at": time}, "additionalProperties": False})
    for key in ("score", "max-score"):
        assert result[key] == sum(row[key] for row in result["tests"]), key
    for item in [result] + result["tests"]:
        assert item["score"] <= item["max-score"], item
    """

  private func text(of view: StudentView) throws -> String {
    try JSONText.text(of: Classroom50Result(view, environment: Self.environment))
  }

  @Test(arguments: FormatTests.allStates.indices) func obeysTheContract(state: Int) throws {
    for deadline in [Deadline.unknown, .passed] {
      let view = StudentView(FormatTests.allStates[state], deadline: deadline)
      let answer = try Checker.run("python3", ["-c", Self.check, "@0"], on: try text(of: view))
      #expect(answer.status == 0, "\(answer.output)")
    }
  }

  /// Hundredths, since its points are whole; and nothing of what waits for a person.
  @Test func countsInHundredths() throws {
    let rows = [
      Grade.TestResult(row: "t", status: .partial, score: 247),
      Grade.TestResult(row: "p", status: .pending, score: 0),
    ]
    let text = try text(of: StudentView(Grade(rows: rows), deadline: .unknown))
    #expect(text.contains("\"score\" : 247"), "\(text)")
    #expect(text.contains("\"max-score\" : 400"), "\(text)")
    #expect(text.components(separatedBy: "test-name").count == 2, "\(text)")
  }

  @Test(arguments: environment.keys.sorted()) func asksForTheRunnersWords(variable: String) {
    var environment = Self.environment
    environment[variable] = nil
    let view = StudentView(Grade(rows: []), deadline: .unknown)
    #expect {
      _ = try Classroom50Result(view, environment: environment)
    } throws: { error in
      (error as? Classroom50Result.Missing)?.variable == variable
    }
  }
}

import ClassCore
import Foundation
import GraderCore
import Testing

@Suite struct RegradeDiffTests {
  private static func grade(_ scores: KeyValuePairs<String, Int>) -> Grade {
    Grade(
      assignment: "a",
      submission: .init(name: "a.zip", archiveDigest: "sha256:a", digest: "sha256:f"),
      status: .graded,
      score: scores.map { Points(hundredths: $0.value) }.total,
      maxScore: Points(hundredths: 400),
      pendingPoints: .zero,
      message: "",
      tests: scores.map { id, score in
        Grade.TestResult(
          id: id,
          title: id,
          status: score == 200 ? .passed : score == 0 ? .failed : .partial,
          score: Points(hundredths: score),
          maxScore: Points(hundredths: 200),
          visibility: .visible,
          message: "",
          staffMessage: "",
          usage: nil
        )
      },
      intake: .nothing,
      build: .init(status: .built, parts: [], diagnostics: ""),
      provenance: Provenance(
        grader: "1",
        suiteDigest: "sha256:old",
        toolchain: nil,
        seed: "1",
        limits: GradingLimits(),
        jail: .init(level: "L3", enforced: []),
        replay: nil,
        gradedAt: ""
      )
    )
  }

  private static func assignment(_ points: KeyValuePairs<String, Int>) throws -> Assignment {
    let tests = points.map { id, points in
      """
      {"id": "\(id)", "method": "T/\(id)", "title": "new", "part": "P", "points": \(points),
       "visibility": "hidden"}
      """
    }
    let text = """
      {"id": "a", "title": "A", "module": "A", "task": "T", "suite": "S", "parts": [],
       "tests": [\(tests.joined(separator: ","))], "pending": [], "limits": {}}
      """
    return try JSONDecoder().decode(Assignment.self, from: Data(text.utf8))
  }

  @Test func saysWhoGainedAndLostByWhichTest() {
    var diff = RegradeDiff(
      rows: [
        .init(
          name: "ann",
          before: Self.grade(["mean": 0, "root": 200]),
          after: Self.grade(["mean": 200, "root": 200]),
          isKept: false
        ),
        .init(
          name: "bob",
          before: Self.grade(["mean": 200, "root": 200]),
          after: Self.grade(["mean": 200, "root": 50]),
          isKept: true
        ),
        .init(
          name: "cy",
          before: Self.grade(["mean": 0, "root": 0]),
          after: Self.grade(["mean": 0, "root": 0]),
          isKept: false
        ),
      ],
      untouched: 5
    )
    diff.ran = (2, 6)
    #expect(
      diff.text == """
        3 graded again, 5 not touched by the change; 2 of 6 tests ran.
        1 gained, 1 lost, 1 as before.
          ann  2 -> 4  (mean +2)
          bob  4 -> 2.5  (root -1.5); the earlier grade stays
        By test:
          mean: 1 gained, 0 lost
          root: 0 gained, 1 lost
        """
    )
  }

  /// A test that went away took its points with it.
  @Test func testsThatAreGoneCount() {
    let row = RegradeDiff.Row(
      name: "ann",
      before: Self.grade(["mean": 200, "root": 200]),
      after: Self.grade(["mean": 200]),
      isKept: false
    )
    #expect(row.tests.map(\.id) == ["root"])
    #expect(row.tests.map(\.change) == [Points(hundredths: -200)])
  }

  @Test func newPointsApplyToWhatStands() throws {
    let grade = Self.grade(["mean": 200, "root": 0]).rescored(
      by: try Self.assignment(["mean": 5, "root": 3]),
      suiteDigest: "sha256:new",
      fingerprint: "new"
    )
    #expect(grade.tests.map(\.score) == [Points(hundredths: 500), .zero])
    #expect(grade.tests.map(\.maxScore) == [Points(hundredths: 500), Points(hundredths: 300)])
    #expect(grade.tests.map(\.visibility) == [.hidden, .hidden])
    #expect(grade.score == Points(hundredths: 500))
    #expect(grade.maxScore == Points(hundredths: 800))
    #expect(grade.provenance.suiteDigest == "sha256:new")
    #expect(grade.provenance.fingerprint == "new")
  }
}

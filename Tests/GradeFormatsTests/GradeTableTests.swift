import GradeFormats
import GraderCore
import TestSupport
import Testing

/// A grade as a terminal shows it.
@Suite struct GradeTableTests {
  @Test func rowsAndSum() {
    var grade = Grade(tests: [
      Grade.TestResult(id: "a", status: .passed, score: 200, of: 200, title: "Short"),
      Grade.TestResult(
        id: "b",
        status: .failed,
        score: 0,
        of: 1000,
        message: "dX is wrong.\nSee above.",
        title: "A longer title"
      ),
      Grade.TestResult(id: "c", status: .partial, score: 50, of: 100, title: "C"),
      Grade.TestResult(id: "d", status: .notRun, score: 0, of: 100, title: "D"),
      Grade.TestResult(id: "e", status: .pending, score: 0, of: 500, title: "E"),
    ])
    grade.intake.repaired = ["Your files were found in the folder `x`."]
    grade.intake.missing = ["E.md"]
    grade.pendingPoints = Points(hundredths: 500)
    grade.message = "One file was left out."
    #expect(
      GradeTable.text(for: grade) == """
        s.zip: a1, graded, jail L3
          repaired: Your files were found in the folder `x`.
          missing: E.md
              One file was left out.
          + Short                2/2  passed
          - A longer title      0/10  failed
              dX is wrong.
              See above.
          ~ C                  0.5/1  partial
          . D                    0/1  notRun
          ? E                    0/5  pending
          score 2.5 of 19, 5 more wait for a person
        """
    )
  }

  @Test func nothingRecognized() {
    var grade = Grade(tests: [], status: .unreadable, message: "The archive is empty.")
    grade.assignment = nil
    grade.maxScore = nil
    #expect(
      GradeTable.text(for: grade) == """
        s.zip: no assignment recognized, unreadable, jail L3
              The archive is empty.
          score 0
        """
    )
  }

  @Test func longMessagesAreFoldedAndCompilersAreNot() {
    let words = (0..<40).map { "word\($0)" }.joined(separator: " ")
    let compiler = "F.swift:1:2: error: " + String(repeating: "x ", count: 100)
    let grade = Grade(tests: [], message: "\(words)\n\(compiler)\n1 | \(words)")
    let lines = GradeTable.text(for: grade).split(separator: "\n")
    #expect(lines.contains("      \(compiler)"))
    #expect(lines.contains("      1 | \(words)"))
    let folded = lines.filter { $0.hasPrefix("      word") }
    #expect(folded.count > 1 && folded.allSatisfy { $0.count <= 96 })
    #expect(folded.map { $0.dropFirst(6) }.joined(separator: " ") == words)
  }
}

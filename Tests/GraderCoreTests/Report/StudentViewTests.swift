import GraderCore
import TestSupport
import Testing

/// A grade as a student may see it.
@Suite struct StudentViewTests {
  @Test func studentView() {
    let tests = [
      Grade.TestResult(id: "a", score: 0, of: 200),
      Grade.TestResult(id: "b", score: 100, of: 200, visibility: .hidden),
      Grade.TestResult(id: "c", score: 100, of: 200, visibility: .afterDueDate),
    ]
    let grade = Grade(tests: tests)
    let view = grade.studentView
    #expect(view.tests.map(\.id) == ["a", "c"])
    #expect(view.tests.allSatisfy { $0.staffMessage == nil })
    #expect(view.provenance.seed == nil)
    #expect(view.provenance.replay == nil)
    #expect(view.score == grade.score)
    #expect(view.maxScore == grade.maxScore)
    #expect(view.submission == grade.submission)
  }
}

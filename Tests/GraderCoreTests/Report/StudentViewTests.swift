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
    let view = StudentView(grade, deadline: .passed).grade
    #expect(view.tests.map(\.id) == ["a", "c"])
    #expect(view.message == grade.message)
    #expect(view.tests.allSatisfy { $0.staffMessage == nil })
    #expect(view.provenance.seed == nil)
    #expect(view.provenance.replay == nil)
    #expect(view.provenance.suiteDigest == nil)
    #expect(view.score == grade.score)
    #expect(view.maxScore == grade.maxScore)
    #expect(view.submission == grade.submission)
  }

  /// What is shown of two visible tests, three for after the due date, and a hidden one.
  @Test(
    arguments: [
      (Deadline.unknown, "ab", "3 more tests are shown after the due date."),
      (.ahead, "ab", "3 more tests are shown after the due date."),
      (.passed, "abcde", nil),
    ] as [(Deadline, String, String?)]
  )
  func dueDate(deadline: Deadline, shown: String, remark: String?) {
    let later: [Assignment.Visibility] = Array(repeating: .afterDueDate, count: 3)
    let tests = zip("abcdef", [.visible, .visible] + later + [.hidden]).map { id, visibility in
      Grade.TestResult(id: "\(id)", score: 100, of: 200, visibility: visibility)
    }
    let grade = Grade(tests: tests)
    let view = StudentView(grade, deadline: deadline)
    #expect(view.grade.tests.map(\.id).joined() == shown)
    #expect(view.remark == remark)
    #expect(view.grade.message == remark ?? "")
    #expect(view.grade.score == grade.score)
    #expect(view.grade.maxScore == grade.maxScore)
  }

  @Test func remarkFollowsTheMessage() {
    let tests = [Grade.TestResult(id: "a", score: 0, of: 200, visibility: .afterDueDate)]
    let messages = ["Short.", "One line.\nAnother."].map { message in
      StudentView(Grade(tests: tests, message: message), deadline: .unknown).grade.message
    }
    #expect(
      messages == [
        "Short. 1 more test is shown after the due date.",
        "One line.\nAnother.\n1 more test is shown after the due date.",
      ]
    )
  }
}

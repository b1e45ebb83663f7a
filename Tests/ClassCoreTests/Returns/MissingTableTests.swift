import ClassCore
import Foundation
import GraderCore
import TestSupport
import Testing

/// What each student without a final grade waits for, and the machine's points by themselves.
@Suite struct MissingTableTests {
  private static let ada = Student(id: "1", name: "Ada")

  private func result(_ policy: ClassPolicy = ClassPolicy(), marks: [Mark] = []) -> ClassResult {
    var grade = Grade(tests: [
      .init(id: "a", status: .passed, score: 400, of: 400),
      .init(id: "why", status: .pending, score: 0, of: 200),
      .init(id: "how", status: .pending, score: 0, of: 200),
    ])
    grade.submission.digest = "d"
    return FinalGrading(marks: marks, policy: policy, now: .now).finished(
      ClassResult(
        students: [Self.ada],
        attempt: Attempt(students: ["1"], originalName: "a.zip", path: ""),
        grade: grade
      )
    )
  }

  private func mark(_ item: String, _ points: Int) -> Mark {
    Mark(
      submission: "d",
      item: item,
      marker: "ta",
      points: Points(hundredths: points),
      comment: ""
    )
  }

  @Test func everythingThatIsMissing() {
    var (taken, graded) = (result(), result())
    taken.open = .notTakenIn("it is a link")
    graded.open = .notGraded(.first)
    let table = MissingTable([
      result(marks: [mark("why", 300)]), taken, graded,
      result(marks: [mark("why", 100), mark("how", 200)]),
      ClassResult(students: [Student(id: "2", name: "")], attempt: nil, grade: nil),
    ])
    #expect(
      table.lines == [
        "3 without a final grade:",
        "  1 Ada: why has 3 of 2 points by ta: to be marked again. how is to be marked.",
        "  1 Ada: The hand-in was not taken in: it is a link.",
        "  1 Ada: The attempt that counts (first) is not graded.",
      ]
    )
    #expect(MissingTable([]).isEmpty)
  }

  /// A mark that a person gave stands in the table, before the others are there.
  @Test func partsInTheTable() throws {
    let text = ClassTable.text([result(marks: [mark("why", 150)])])
    let rows = try Python.rows(text, encoding: "utf-8-sig")
    #expect(rows[0].suffix(3) == ["a", "why", "how"])
    #expect(rows[1].suffix(3) == ["4", "1.5", ""])
    #expect(rows[1][4] == "waits for marks")
  }

  /// The machine's points for each part of the assignment, in the rubric's order.
  @Test func sumsOfParts() throws {
    var result = result()
    result.grade?.tests = [
      Grade.TestResult(id: "a", score: 150, of: 200, part: "Forward"),
      Grade.TestResult(id: "b", score: 100, of: 200, part: "Backward"),
      Grade.TestResult(id: "c", score: 200, of: 200, part: "Forward"),
    ]
    let empty = ClassResult(students: [Student(id: "2", name: "")], attempt: nil, grade: nil)
    let rows = try Python.rows(ClassTable.text([result, empty]), encoding: "utf-8-sig")
    #expect(rows[0].suffix(5) == ["part Forward", "part Backward", "a", "b", "c"])
    #expect(rows[1].suffix(5) == ["3.5", "1", "1.5", "1", "2"])
    #expect(rows[2].suffix(5) == ["", "", "", "", ""])
  }

  @Test func byMachine() {
    let machine = FinalResult(result()).byMachine
    #expect(machine.final?.total == Points(hundredths: 400))
    #expect(result().final?.total == nil)
  }
}

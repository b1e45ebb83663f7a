import ClassCore
import GraderCore
import Testing

@Suite struct TableTests {
  private static let sheet = """
    ,,※提出フラグ(0:未提出、1:期限内提出、2.期限外提出、空白:非対象者)
    ユーザID,学生証番号,氏名,課題1
    0123456789,03-240396,山田 太郎,1
    0123456790,31240001,鈴木 花子,0
    """

  /// As many rows as the sheet has, in its order; nothing longer than UTOL takes.
  @Test func utol() throws {
    let results: [FinalResult] = [
      .of([Student(id: "03240396", name: "")], total: 2000)
    ]
    let file = try UTOLReturn.table(
      results,
      sheet: Self.sheet,
      comment: { _ in String(repeating: "長", count: 1500) }
    )
    let rows = try Python.rows(file.text, encoding: "utf-8-sig")
    #expect(
      rows.map { $0.prefix(4) } == [
        ["ユーザID", "学生証番号", "氏名", "評価"], ["0123456789", "03-240396", "山田 太郎", "20"],
        ["0123456790", "31240001", "鈴木 花子", ""],
      ]
    )
    #expect(rows[1][4].count == UTOLReturn.longestComment)
    #expect(
      file.notes == [
        "The comment for 03-240396 is cut at 1300 characters.", "31240001 has no result.",
      ]
    )
    #expect(throws: ReturnProblem.columnsMissing(["学生証番号"])) {
      try UTOLReturn.table([], sheet: "a,b\n")
    }
  }

  /// Whatever students call themselves and their files, no field is a formula.
  @Test func formulas() throws {
    let evil = "=HYPERLINK(\"http://x\",\"y\")"
    var result = ClassResult.of(
      [Student(id: "@sum", name: evil, email: "+1", section: "-x")],
      total: 100,
      reasons: [evil]
    )
    result.attempt?.originalName = "\t=1"
    result.withheld = "=1"
    let rows = try Python.rows(ClassTable.text([result]), encoding: "utf-8-sig")
    #expect(
      rows[1].filter { field in
        "=+-@\t\r".contains(field.first ?? " ") && Double(field) == nil
      } == []
    )
    #expect(rows[1][1] == "'" + evil)
    #expect(rows[1][7] == "-0.5", "a number stays one")
  }

  /// A row for everybody, whatever became of them.
  @Test func states() throws {
    let one = Student(id: "1", name: "")
    var withheld = ClassResult.of([one], total: nil)
    (withheld.grade, withheld.final, withheld.withheld) = (nil, nil, "no compiler")
    var built = ClassResult.of([one], total: 100)
    built.grade?.status = .didNotBuild
    let results: [ClassResult] = [
      .of([one, Student(id: "2", name: "")], total: 100), .of([one], total: nil),
      ClassResult(students: [one], attempt: nil, grade: nil), withheld, built,
      .of([], total: 100),
    ]
    let rows = try Python.rows(ClassTable.text(results), encoding: "utf-8-sig")
    #expect(
      rows.dropFirst().map { $0[0] + " " + $0[4] } == [
        "1 graded", "2 graded", "1 waits for marks", "1 nothing handed in", "1 withheld",
        "1 didNotBuild", " graded",
      ]
    )
    #expect(rows.map(\.count) == [Int](repeating: rows[0].count, count: 8))
    #expect(rows[0].last == "a")
    #expect(rows[1].last == "4")
  }

  /// Zero for what was not handed in; no sum while anything is open; the worst left out.
  @Test func course() throws {
    let (one, two) = (Student(id: "1", name: "=Ann"), Student(id: "2", name: ""))
    let first = CourseTable.Part(
      name: "a1",
      results: [.of([one], total: 1500), .of([two], total: 2000)]
    )
    let second = CourseTable.Part(
      name: "a2",
      results: [
        FinalResult(ClassResult(students: [one], attempt: nil, grade: nil)),
        .of([two], total: nil),
      ]
    )
    let all = try Python.rows(
      try CourseTable([first, second]).text(droppingLowest: 0),
      encoding: "utf-8-sig"
    )
    #expect(
      all == [
        ["student", "name", "a1", "a2", "total", "maximum", "remarks"],
        ["1", "'=Ann", "15", "0", "15", "60", "Nothing handed in for a2."],
        ["2", "", "20", "", "", "", "a2 waits for marks."],
      ]
    )
    let best = try Python.rows(
      try CourseTable([first, second]).text(droppingLowest: 1),
      encoding: "utf-8-sig"
    )
    #expect(best[1][4...5] == ["15", "30"])
    #expect(best[1][6] == "Nothing handed in for a2. a2 does not count: it went worst.")
    #expect(best[2][4] == "", "the open one may be the worst")
  }
}

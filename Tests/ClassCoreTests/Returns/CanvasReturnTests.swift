import ClassCore
import Testing

@Suite struct CanvasReturnTests {
  private static let export = """
    Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (4001),Homework 2 (4002),Final Score
    ,,,,,Manual Posting,,(read only)
        Points Possible,,,,,30,10,(read only)
    "Doe, Jane",1021,03240396,jdoe,DL 1,5,9,50
    "Roe, Rae",1022,03240397,rroe,DL 1,7,,60
    "山田, 太郎",1023,03240398,taro,DL 2,,,
    "Student, Test",1099,,abc,DL 1,,,
    """
  private static let results: [FinalResult] = [
    .of([Student(id: "03240396", name: "Doe, Jane")], total: 1750),
    .of([Student(id: "03240397", name: "Roe, Rae")], total: nil),
    .of([Student(id: "taro", name: "")], total: 3000, source: "1023"),
    .of([Student(id: "03249999", name: "Gone, Long")], total: 100),
  ]

  /// A name is guarded; an ID that begins a formula is nobody's.
  @Test func formulas() throws {
    let file = try CanvasReturn.table(
      [
        .of([Student(id: "1", name: "x")], total: 100, source: "1021"),
        .of([Student(id: "2", name: "y")], total: 200, source: "1022"),
      ],
      export: """
        Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (4001)
        "=HYPERLINK(""x"")",1021,1,a,@DL,
        Roe,1022,2,=b(),DL,
        """,
      assignment: nil
    )
    #expect(
      try Python.rows(file.text).dropFirst()
        == [["'=HYPERLINK(\"x\")", "1021", "1", "a", "'@DL", "1"]]
    )
    #expect(file.notes.contains("Roe (1022) has an ID that begins a formula: no row."))
  }

  /// Only the one column, and only rows with a grade: nothing else can change.
  @Test func filled() throws {
    let file = try CanvasReturn.table(
      Self.results,
      export: Self.export,
      assignment: "Homework 1"
    )
    #expect(
      try Python.rows(file.text) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Homework 1 (4001)"],
        ["    Points Possible", "", "", "", "", "30"],
        ["Doe, Jane", "1021", "03240396", "jdoe", "DL 1", "17.5"],
        ["山田, 太郎", "1023", "03240398", "taro", "DL 2", "30"],
      ]
    )
    #expect(file.filled == 2)
    #expect(
      file.notes == [
        "Doe, Jane (1021) has 5 there: 17.5 would take its place.",
        "Roe, Rae (1022) has no final grade yet: no row.",
        "Student, Test (1099) has no result: no row.",
        "No row for 03249999, who has a grade.",
      ]
    )
  }

  @Test func anotherMaximum() throws {
    let file = try CanvasReturn.table(
      Self.results,
      export: Self.export,
      assignment: "Homework 2 (4002)"
    )
    #expect(file.notes.first == "Canvas has 10 points possible, the grades are of 30.")
  }

  @Test func columns() {
    #expect(throws: ReturnProblem.whichColumn(["Homework 1 (4001)", "Homework 2 (4002)"])) {
      try CanvasReturn.table(Self.results, export: Self.export, assignment: nil)
    }
    #expect(throws: ReturnProblem.whichColumn(["Homework 1 (4001)", "Homework 2 (4002)"])) {
      try CanvasReturn.table(Self.results, export: Self.export, assignment: "Homework")
    }
    #expect(throws: ReturnProblem.columnsMissing(["Student"])) {
      try CanvasReturn.table(Self.results, export: "a,b\n", assignment: nil)
    }
  }

  /// One name for two persons: only who is known by something better gets the grade.
  @Test func equalNames() throws {
    let export = """
      Student,ID,SIS User ID,SIS Login ID,Section,H (1)
      "Doe, Jane",1,,a,S,
      "Doe, Jane",2,03240396,b,S,
      "Poe, Al",3,,c,S,
      "Poe, Al",4,,d,S,
      """
    let results: [FinalResult] = [
      .of([Student(id: "03240396", name: "Jane Doe")], total: 100),
      .of([Student(id: "x", name: "Al Poe")], total: 200),
    ]
    let file = try CanvasReturn.table(results, export: export, assignment: nil)
    #expect(try Python.rows(file.text).dropFirst().map { $0[1] } == ["2"])
    #expect(
      file.notes == [
        "Doe, Jane (1) has no result: no row.",
        "Poe, Al (3) cannot be told from another row: no row.",
        "Poe, Al (4) cannot be told from another row: no row.",
      ]
    )
  }

  /// Each member of a group has a row.
  @Test func groups() throws {
    let both = [Student(id: "03240396", name: "Doe, Jane"), Student(id: "rroe", name: "Roe, Rae")]
    let file = try CanvasReturn.table(
      [.of(both, total: 1200, source: "1023")],
      export: Self.export,
      assignment: "Homework 1"
    )
    #expect(try Python.rows(file.text).dropFirst(2).map { $0[1] } == ["1021", "1022"])
    #expect(!file.notes.contains { $0.hasPrefix("No row") })
  }
}

import ClassCore
import Testing

/// Tables as systems of other languages, spreadsheets and programs leave them.
@Suite struct ReturnedTablesTests {
  private static let ada = Student(id: "S1", name: "Ada Brandt")
  private static let ben = Student(id: "S2", name: "Ben Cole")

  @Test func splitNamesOfCanvas() throws {
    let file = try CanvasReturn.table(
      [.of([Self.ada], total: 1750)],
      export: """
        LastName,FirstName,ID,SIS User ID,SIS Login ID,Section,HW 1 (991)
        ,,,,,,Manual Posting
            Points Possible,,,,,,30
        Brandt,Ada,51,S1,ab,A,
        """,
      assignment: nil
    )
    #expect(
      try Python.rows(file.text) == [
        ["LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID", "Section", "HW 1 (991)"],
        ["    Points Possible", "", "", "", "", "", "30"],
        ["Brandt", "Ada", "51", "S1", "ab", "A", "17.5"],
      ]
    )
    #expect(file.notes == [])
  }

  @Test func whatAGradeWouldReplace() throws {
    let file = try CanvasReturn.table(
      [.of([Self.ada], total: 1750), .of([Self.ben], total: 2000)],
      export: """
        Student,ID,SIS User ID,SIS Login ID,Section,HW 1 (991)
        "Brandt, Ada",51,S1,a,A,EX
        "Cole, Ben",52,S2,b,A,20.0
        """,
      assignment: nil
    )
    #expect(file.filled == 2)
    #expect(
      file.notes == ["Brandt, Ada (51) is excused there (EX): 17.5 would take its place."],
      "the same number is no news"
    )
  }

  /// Canvas would not find such an ID's student, or another one.
  @Test(arguments: [("1.0E+16", "52"), ("42.0", "52"), ("52", "52")])
  func alteredIDs(first: String, second: String) throws {
    let file = try CanvasReturn.table(
      [.of([Self.ada], total: 1750), .of([Self.ben], total: 2000)],
      export: """
        Student,ID,SIS User ID,SIS Login ID,Section,HW 1 (991)
        "Brandt, Ada",\(first),S1,a,A,
        "Cole, Ben",\(second),S2,b,A,
        """,
      assignment: nil
    )
    #expect(file.filled == (first == second ? 0 : 1))
    #expect(file.notes.contains { $0.contains("Brandt, Ada (\(first))") })
    #expect(!file.text.contains("Brandt"))
  }

  /// A row's number and its name may not be two persons'.
  @Test func contradictions() throws {
    let file = try CanvasReturn.table(
      [.of([Self.ada], total: 1750), .of([Self.ben], total: 2000)],
      export: """
        Student,ID,SIS User ID,SIS Login ID,Section,HW 1 (991)
        "Cole, Ben",51,S1,a,A,
        """,
      assignment: nil
    )
    #expect(file.filled == 0)
    #expect(file.notes.first?.contains("Cole, Ben (51) has a number of one person") == true)
  }

  private static let worksheets = [
    "ID,Vollständiger Name,Status,Bewertung,Bestwertung,Zuletzt geändert (Bewertung)",
    "Identifiant,Nom complet,Statut,Note,Note maximale,Dernière modification (note)",
    "Identificador,Nombre completo,Estado,Calificación,Calificación máxima,"
      + "Última modificación (calificación)",
    "識別子,フルネーム,ステータス,評定,最大評定,最終更新日時 (評定)", "标识符,全名,状态,成绩,最高成绩,最后修改（成绩）",
    "編號,姓名,狀態,得分,最高分,最後修改的(得分)", "식별자,성명,상태,성적,최고 성적,최종 수정 (성적)",
    "Identificador,Nome completo,Estado,Avaliação,Avaliação máxima,"
      + "Última atualização (avaliação)",
    "Identificativo,Nome completo,Stato,Valutazione,Valutazione massima,"
      + "Ultima modifica (valutazione)",
    "Identificatie,Volledige naam,Status,Cijfer,Maximumcijfer,Laatst gewijzigd (cijfer)",
  ]

  @Test(arguments: worksheets) func moodle(headings: String) throws {
    let text = "\(headings)\nTeilnehmer/in 7001,Ada Brandt,x,,\"30,00\",-\n"
    let roster = try Roster.read(text).roster
    #expect(roster.members.map(\.sourceID) == ["7001"])
    #expect(roster.students.map(\.name) == ["Ada Brandt"])
    let file = try MoodleReturn.worksheet([.of(roster.students, total: 1750)], worksheet: text)
    let rows = try Python.rows(file.text)
    #expect(rows[0].joined(separator: ",") == headings)
    #expect(
      Array(rows[1][...5]) == ["Teilnehmer/in 7001", "Ada Brandt", "x", "17,5", "30,00", "-"]
    )
    #expect(file.notes == [])
  }

  @Test func moodleSaysWhatItReplaces() throws {
    let file = try MoodleReturn.worksheet(
      [.of([Self.ada], total: 1750)],
      worksheet: "Identifier,Full name,Grade,Last modified (grade)\n"
        + "Participant 1,Ada Brandt,12.00,-\nx\n"
    )
    #expect(
      file.notes == [
        "Row 3 has 1 cells and not 4: it is unchanged.",
        "Participant 1 has 12.00 there: 17.5 would take its place.",
      ]
    )
  }

  @Test func unknownLanguage() {
    let problem = #expect(throws: ReturnProblem.self) {
      try MoodleReturn.worksheet([], worksheet: "Azonosító,Teljes név,Osztályzat\n")
    }
    #expect(problem.map { "\($0)" }?.contains("English, German") == true)
  }

  /// Final grades never go where the class agreed to have the machine's, not even by default.
  @Test func machineColumnIsNoFinalGrade() throws {
    let results: [FinalResult] = [.of([Self.ada], total: 1750)]
    let one = "Student,ID,Section,HW 1 by machine (991)\nAda Brandt,51,A,\n"
    let both = "Student,ID,Section,HW 1 by machine (991),HW 1 (992)\nAda Brandt,51,A,,\n"
    func fill(_ export: String, _ column: String?) throws -> [[String]] {
      let file = try CanvasReturn.table(
        results,
        export: export,
        assignment: column,
        machineColumn: "HW 1 by machine"
      )
      return try Python.rows(file.text)
    }
    #expect(throws: ReturnProblem.whichColumn(["HW 1 by machine (991)"])) { try fill(one, nil) }
    for name in ["HW 1 by machine", "HW 1 by machine (991)"] {
      #expect(throws: ReturnProblem.machineColumn("HW 1 by machine (991)")) { try fill(both, name) }
    }
    #expect(try fill(both, nil).last == ["Ada Brandt", "51", "A", "17.5"])
    #expect(throws: ReturnProblem.machineColumn("Grade")) {
      try MoodleReturn.worksheet(results, worksheet: Self.worksheet, machineColumn: "Grade")
    }
  }

  private static let worksheet = """
    Identifier,Full name,Grade,Last modified (grade),By machine,Feedback comments
    Participant 7,Ada Brandt,,-,,
    Participant 8,Ben Cole,3,-,2,mine

    """

  /// The machine's points of who still waits for marks, and nothing but them.
  @Test func machinePointsForMoodle() throws {
    let results: [FinalResult] = [.of([Self.ada], total: nil), .of([Self.ben], total: 1000)]
    let file = try MoodleReturn.machine(results, worksheet: Self.worksheet, column: "By machine")
    let rows = try Python.rows(file.text)
    #expect(rows[1] == ["Participant 7", "Ada Brandt", "", "-", "4", ""])
    #expect(rows[2] == ["Participant 8", "Ben Cole", "3", "-", "10", "mine"])
    #expect(file.notes == ["Participant 8 has 2 there: 10 would take its place."])
    #expect(throws: ReturnProblem.columnsMissing(["HW by machine"])) {
      try MoodleReturn.machine(results, worksheet: Self.worksheet, column: "HW by machine")
    }
  }

  @Test func machinePointsForUTOL() throws {
    let file = try UTOLReturn.table(
      [.of([Self.ada], total: nil)],
      sheet: "ユーザID,学生証番号,氏名,課題1\n1,S1,Ada Brandt,1\n2,S2,Ben Cole,0\n",
      machineColumn: "機械",
      comment: { _ in "not told" }
    )
    #expect(
      try Python.rows(file.text, encoding: "utf-8-sig") == [
        ["ユーザID", "学生証番号", "氏名", "機械"], ["1", "S1", "Ada Brandt", "4"],
        ["2", "S2", "Ben Cole", ""],
      ]
    )
  }

  /// Empty cells at the end of a row are left away by some programs.
  @Test func shortRowsOfCanvas() throws {
    let file = try CanvasReturn.table(
      [.of([Self.ada], total: 1750)],
      export: "Student,ID,SIS User ID,Section,HW (9),Final Score\nAda Brandt,51,S1,A\n",
      assignment: nil
    )
    #expect(try Python.rows(file.text).last == ["Ada Brandt", "51", "S1", "A", "17.5"])
    #expect(file.notes == [])
  }

  /// One download's numbers are not another's: a name that has nothing in common contradicts them.
  @Test func numbersOfOthers() throws {
    let results: [FinalResult] = [.of([Self.ada], total: 1750, source: "52")]
    let canvas = try CanvasReturn.table(
      results,
      export: "Student,ID,SIS Login ID,Section,HW (9)\n\"Cole, Ben\",52,b,A,\nAda Brandt,51,a,A,\n",
      assignment: nil
    )
    #expect(try Python.rows(canvas.text).dropFirst().map { $0[1] } == ["51"])
    let moodle = try MoodleReturn.worksheet(
      results,
      worksheet: "Identifier,Full name,ID number,Grade,Last modified (grade)\n"
        + "Participant 52,Ben Cole,,,-\nParticipant 53,Cleo Dorn,S1,,-\n"
        + "Participant 54,Participant 54,S1,,-\n"
    )
    #expect(moodle.filled == 1)
    #expect(try Python.rows(moodle.text).map { $0[3] } == ["Grade", "", "", "17.5"])
    #expect(moodle.notes.contains { $0.contains("number of one person and another's name") })
  }

  @Test(arguments: ["1,051", "1.051", "####"]) func alteredIDs(id: String) throws {
    let file = try CanvasReturn.table(
      [.of([Self.ada], total: 1750)],
      export: "Student,ID,SIS User ID,Section, HW (9) \nAda Brandt,\"\(id)\",S1,A,\n",
      assignment: "HW"
    )
    #expect(file.filled == 0)
    #expect(file.notes.contains { $0.contains("has the ID \(id)") })
  }
}

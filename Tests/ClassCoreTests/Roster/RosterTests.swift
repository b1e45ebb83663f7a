import ClassCore
import Testing

@Suite struct RosterTests {
  /// A roster that was kept is read as it was handed over.
  @Test func aGuardIsNoPartOfAName() throws {
    let text = "student number,name\n1,=Ann\n2,'tis\n3,\"=\"\"0123\"\"\"\n"
    let kept = CSV.text(try CSV.rows(in: text))
    #expect(kept.contains("'=Ann"))
    #expect(try Roster.read(kept).roster == Roster.read(text).roster)
    #expect(try Roster.read(kept).roster.members.map(\.student.name) == ["=Ann", "'tis", "0123"])
  }

  /// What people call themselves reaches terminals, pages and tables.
  @Test func namesArePrintable() throws {
    let name = "A\u{202E}n\u{200B}n\u{85}\u{1B}[31m"
    let text = "student number,name,section\n1,\(name),\(name)\n"
    let student = try #require(Roster.read(text).roster.members.first?.student)
    // Marks of direction are no part of a name.
    #expect(student.name == #"Ann\u{85}\u{1b}[31m"#)
    #expect(student.section == student.name)
  }

  @Test func canvasGradebook() throws {
    let text = """
      \u{FEFF}Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (4001)
          Points Possible,,,,,30
      "Doe, Jane",1021,3240396,jdoe,DL 1,
      "Roe, Rae",1022,03-240397,rroe,DL 2,
      """
    let (roster, doubts) = try Roster.read(text)
    #expect(doubts == [])
    #expect(roster.students.map(\.id) == ["03240396", "03240397"])
    #expect(roster.students.map(\.name) == ["Doe, Jane", "Roe, Rae"])
    #expect(roster.members.map(\.sourceID) == ["1021", "1022"])
    #expect(roster.members.map(\.logins) == [["jdoe"], ["rroe"]])
    #expect(roster.students.map(\.section) == ["DL 1", "DL 2"])
  }

  @Test func moodleWorksheet() throws {
    let text = """
      Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade)\r
      Participant 4711,Jane Doe,jane@example.edu,Submitted,,30.00,-\r
      """
    let roster = try Roster.read(text).roster
    #expect(roster.members.map(\.sourceID) == ["4711"])
    #expect(
      roster.students == [
        Student(id: "jane@example.edu", name: "Jane Doe", email: "jane@example.edu")
      ]
    )
  }

  /// The sheet of all hand-ins, saved as a table: a row with a note comes first.
  @Test func utolSheet() throws {
    let text = """
      ,,※提出フラグ(0:未提出、1:期限内提出、2.期限外提出、空白:非対象者)
      ユーザID,学生証番号,氏名
      0123456789,03-240396,山田 太郎
      0123456790,3124001,鈴木 花子
      """
    let roster = try Roster.read(text).roster
    #expect(roster.students.map(\.id) == ["03240396", "03124001"])
    #expect(roster.students.map(\.name) == ["山田 太郎", "鈴木 花子"])
    #expect(roster.members.map(\.logins) == [["0123456789"], ["0123456790"]])
  }

  @Test func gitHubClassroom() throws {
    let text =
      "\"identifier\",\"github_username\",\"github_id\",\"name\"\n\"3240396\",\"jd\",\"1\",\"\"\n"
    let roster = try Roster.read(text).roster
    #expect(roster.students.map(\.id) == ["03240396"])
    #expect(roster.members.map(\.logins) == [["jd"]])
  }

  @Test func bareNumbers() throws {
    #expect(
      try Roster.read("3240396\n03240397\n").roster.students.map(\.id) == ["03240396", "03240397"]
    )
  }

  /// One student in two sections is one student; what disagrees is told.
  @Test func doubts() throws {
    let text = """
      student number;name;email
      3240396;Jane Doe;
      03-240396;Jane Doe;a@b
      03240396;Jane Roe;a@b
      ;;
      x;;
      ;;
      """
    let (roster, doubts) = try Roster.read(text)
    #expect(
      roster.students == [
        Student(id: "03240396", name: "Jane Doe", email: "a@b"), Student(id: "X", name: ""),
      ]
    )
    #expect(doubts == [.conflict(id: "03240396", field: "name", values: ["Jane Doe", "Jane Roe"])])
  }

  @Test func nobody() throws {
    let doubts = try Roster.read("number,section\n,3\n").doubts
    #expect(doubts == [.nobody(row: 2)])
  }

  @Test func noColumns() {
    #expect(throws: RosterProblem.noColumns(["a", "b"])) { try Roster.read("a,b\n1,2\n") }
    #expect(throws: RosterProblem.table(.openQuote(line: 2))) { try Roster.read("name\n\"x\n") }
  }

  @Test(arguments: [
    ("03-240396", "03240396"), ("3240396", "03240396"), ("3240396.0", "03240396"),
    ("０３−２４０３９６", "03240396"), (" 31240001 ", "31240001"), ("0123456789", "0123456789"),
    ("3124a001", "3124A001"), ("1", "00000001"), ("", ""),
  ])
  func normalForm(text: String, number: String) {
    #expect(StudentNumber.normalized(text) == number)
  }
}

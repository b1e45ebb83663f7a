import ClassCore
import GraderCore
import Testing

@Suite struct MoodleReturnTests {
  private static let worksheet = """
    \u{FEFF}Identifier,"Full name","Email address",Status,Grade,"Maximum Grade",\
    "Grade can be changed","Last modified (submission)","Last modified (grade)",\
    "Feedback comments"\r
    "Participant 4711","Jane Doe",jane@example.edu,"Submitted for grading - ",,30.00,Yes,\
    "Thursday, 30 April 2026, 11:59 PM",-,\r
    "Participant 4712","=Rae ""R"" Roe",rae@example.edu,"No submission - ",12.00,30.00,Yes,-,\
    "Friday, 1 May 2026, 9:00 AM","old, kept"\r
    """
  private static let jane = Student(id: "jane@example.edu", name: "Jane Doe")

  /// What Moodle compares stays letter by letter, and no other cell begins a formula.
  @Test func filled() throws {
    let results: [FinalResult] = [.of([Self.jane], total: 1750, source: "4711")]
    let file = try MoodleReturn.worksheet(
      results,
      worksheet: Self.worksheet,
      comment: { "Points: \($0.final?.total?.description ?? ""), \"well\" done\nsee file" }
    )
    let before = try Python.rows(Self.worksheet, encoding: "utf-8-sig")
    let after = try Python.rows(file.text)
    var expected = before
    expected[1][4] = "17.5"
    expected[1][9] = "Points: 17.5, \"well\" done\nsee file"
    expected[2][1] = "'=Rae \"R\" Roe"
    #expect(after == expected)
    #expect(after[0][0] == "Identifier", "no mark before the first heading")
    #expect(file.notes == ["Participant 4712 has no result: the row is unchanged."])
  }

  @Test func tooManyPoints() throws {
    let results: [FinalResult] = [.of([Self.jane], total: 3150)]
    let file = try MoodleReturn.worksheet(results, worksheet: Self.worksheet)
    #expect(
      file.notes.first
        == "Participant 4711 has 31.5, above Moodle's 30.0: Moodle will skip the row."
    )
  }

  @Test func japanese() throws {
    let worksheet = "識別子,フルネーム,評点,最終更新日時 (評点)\n参加者 4711,山田 太郎,,-\n"
    let results: [FinalResult] = [
      .of([Student(id: "x", name: "")], total: 100, source: "4711")
    ]
    let file = try MoodleReturn.worksheet(results, worksheet: worksheet)
    #expect(try Python.rows(file.text)[1] == ["参加者 4711", "山田 太郎", "1", "-"])
  }

  @Test func noWorksheet() {
    #expect(throws: ReturnProblem.columnsMissing(["Grade", "Last modified (grade)"])) {
      try MoodleReturn.worksheet([], worksheet: "Identifier,Full name\n")
    }
  }

  /// A team's number in a download may be another student's in the worksheet.
  @Test func teams() throws {
    let team = [Self.jane]
    let results: [FinalResult] = [
      .of(team, total: 1750, source: "4712"),
      .of([Student(id: "rae@example.edu", name: "Rae \"R\" Roe")], total: nil, source: "30"),
    ]
    let worksheet = Self.worksheet.replacing("jane@example.edu", with: "")
      .replacing("rae@example.edu", with: "")
    let file = try MoodleReturn.worksheet(results, worksheet: worksheet)
    #expect(
      try Python.rows(file.text, encoding: "utf-8-sig").map { $0[4] }
        == ["Grade", "17.5", "12.00"]
    )
    let pages = try MoodleReturn.feedback(results, worksheet: worksheet, file: "f.html")
    #expect(
      pages.map(\.path) == [
        "Jane Doe_4711_assignsubmission_file_/f.html",
        "=Rae \"R\" Roe_4712_assignsubmission_file_/f.html",
      ]
    )
    #expect(pages.map(\.result.students.first?.name) == ["Jane Doe", "Rae \"R\" Roe"])
  }

  /// Moodle reads the number behind the first underscore, and ignores hidden names.
  @Test(
    arguments: [
      ("Jane Doe", "4711", "Jane Doe_4711_assignsubmission_file_/f.html"),
      ("a_b/c", "1", "a b c_1_assignsubmission_file_/f.html"),
      (".x", "1", "Participant_1_assignsubmission_file_/f.html"),
      ("", "1", "Participant_1_assignsubmission_file_/f.html"), ("Jane", "jdoe", nil),
    ] as [(String, String, String?)]
  )
  func feedback(name: String, source: String, path: String?) {
    #expect(MoodleReturn.feedbackPath(name: name, id: source, file: "f.html") == path)
    // What is given back is recognized as what Moodle gives out.
    if let path {
      let recognition = Download.recognize(paths: [path])
      #expect(recognition.kind == .moodleUnderscore)
      #expect(recognition.deliveries.first?.sourceID == source)
    }
  }
}

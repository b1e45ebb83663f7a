import ClassCore
import Testing

/// One person is one row, whatever numbers the classes know them by.
@Suite struct CourseJoinTests {
  private func part(_ name: String, _ table: String, totals: [Int]) throws -> CourseTable.Part {
    let roster = try Roster.read(table).roster
    let results = zip(roster.students, totals).map { FinalResult.of([$0], total: $1) }
    return CourseTable.Part(name: name, results: results, roster: roster)
  }

  private func rows(_ parts: [CourseTable.Part]) throws -> [[String]] {
    let text = try CourseTable(parts).text(droppingLowest: 0)
    return try Python.rows(text, encoding: "utf-8-sig").dropFirst().map { Array($0.prefix(5)) }
  }

  @Test func numberAndAddress() throws {
    let list = "Number,Name,Email\n20260001,Ada Brandt,Ada.B@u.example\n"
    let one = try part("a", list, totals: [1500])
    let two = try part("b", "Name,Email\nAda Brandt,ada.b@u.example\n", totals: [2000])
    #expect(try rows([one, two]) == [["20260001", "Ada Brandt", "15", "20", "35"]])
    #expect(try rows([two, one]) == [["20260001", "Ada Brandt", "20", "15", "35"]])
    #expect(try CourseTable([one, two]).remarks == [])
  }

  @Test func numberAndLogin() throws {
    let one = try part("a", "Number,Name,Login\n20260001,Ada Brandt,abrandt\n", totals: [1500])
    let two = try part("b", "Name,Login\nBrandt Ada,ABRANDT\n", totals: [2000])
    #expect(try rows([one, two]).map { $0[4] } == ["35"])
  }

  /// A third list joins what two others cannot.
  @Test func throughAThird() throws {
    let one = try part("a", "Number,Name\n20260001,Ada Brandt\n", totals: [1000])
    let both = try part("b", "Number,Name,Email\n2026-0001,Ada Brandt,a@b\n", totals: [1000])
    let three = try part("c", "Name,Email\nAda Brandt,a@b\n", totals: [1000])
    #expect(try rows([one, both, three]).count == 1)
    #expect(try rows([one, three, both]).count == 1)
  }

  @Test func perhapsOne() throws {
    let one = try part("a", "Number,Name\n20260001,Ada Brandt\n", totals: [1500])
    let two = try part("b", "Name,Email\n\"Brandt, Ada\",a@b\n", totals: [2000])
    #expect(
      throws: CourseProblem.perhapsOne(name: "Ada Brandt", ids: ["20260001", "a@b"])
    ) { try CourseTable([one, two]) }
  }

  /// One name, and numbers that differ in what lists add or lose: either may be meant.
  @Test(arguments: [("0012345678", "12345678"), ("S2026001", "2026001")])
  func perhapsOneNumber(left: String, right: String) throws {
    let one = try part("a", "Number,Name\n\(left),Ada Brandt\n", totals: [1500])
    let two = try part("b", "Number,Name\n\(right),\"Brandt, Ada\"\n", totals: [2000])
    #expect(throws: CourseProblem.self) { try CourseTable([one, two]) }
  }

  /// Two people can have one name: their numbers tell them apart.
  @Test func namesakes() throws {
    let one = try part("a", "Number,Name\n20260001,Ada Brandt\n", totals: [1500])
    let two = try part("b", "Number,Name\n20260002,Ada Brandt\n", totals: [2000])
    let table = try CourseTable([one, two])
    #expect(try rows([one, two]).count == 2)
    #expect(table.remarks.first?.contains("a and b have nobody in common") == true)
  }

  @Test func twoOfOneClass() throws {
    let list = "Number,Name\n20260001,Ada Brandt\n20260002,A. Brandt\n"
    let one = try part("a", list, totals: [1, 2])
    let two = try part("b", "Number,Name,Login\n20260001,Ada Brandt,20260002\n", totals: [3])
    #expect(throws: CourseProblem.self) { try CourseTable([one, two]) }
  }

  /// Lists that are both numbered from 1 are not of the same people.
  @Test func numbersOfTwoLists() throws {
    let one = try part("a", "Number,Name\n1,Ada Brandt\n", totals: [1])
    let two = try part("b", "Number,Name\n1,Ben Cole\n", totals: [2])
    #expect(
      throws: CourseProblem.twoNames(ids: ["00000001"], names: ["Ada Brandt", "Ben Cole"])
    ) { try CourseTable([one, two]) }
  }
}

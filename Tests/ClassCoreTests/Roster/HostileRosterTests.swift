import ClassCore
import Testing

/// Lists that somebody wrote who wants to be somebody else, or nobody to be found.
@Suite struct HostileRosterTests {
  /// A list, and who stands in it then.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var students: [String]
    var doubts: Int

    init(_ description: String, _ text: String, _ students: [String], doubts: Int = 0) {
      (testDescription, self.text) = (description, text)
      (self.students, self.doubts) = (students, doubts)
    }
  }

  private static let cases = [
    Case("the same number in other digits", "number,name\n3240396,A\n３２４０３９６,A\n", ["03240396"]),
    Case(
      "the same number under another name",
      "number,name\n3240396,A\n3240396,B\n",
      ["03240396"],
      doubts: 1
    ),
    Case("a name with another row in it", "number,name\n1,\"A\n2,B\"\n", ["00000001"]),
    Case(
      "a number that is a formula",
      "number,name\n\"=\"\"3240396\"\"\",A\n",
      ["03240396"]
    ),
    Case("no numbers, said so", "number,name\n-,A\n-,B\n',C\n", ["A", "B", "C"]),
    Case("a mail address for a number", "number,email,name\n,a@b,A\n", ["a@b"]),
    Case("only blanks", "number,name\n\u{3000}, \n", [], doubts: 1),
    Case("a row of quotes", "number,name\n\"\"\"\",\"\"\"\"\n", ["\""]),
    Case("headings twice", "name,name\nA,B\nC,\n", ["A", "C"]),
    Case("a row far too long", "name\n" + "A" + String(repeating: ",", count: 5_000) + "\n", ["A"]),
    Case("points possible", "name,number\nPoints Possible,1\nA,2\n", ["00000002"]),
    Case("a byte order mark in the middle", "name\n\u{FEFF}A\n", ["A"]),
    Case("letters turned round", "name\n\u{202E}A\n", ["A"]),
  ]

  @Test(arguments: cases)
  func everybodyIsThere(hostile: Case) throws {
    let (roster, doubts) = try Roster.read(hostile.text)
    #expect(roster.students.map(\.id) == hostile.students)
    #expect(doubts.count == hostile.doubts, "\(doubts)")
  }
}

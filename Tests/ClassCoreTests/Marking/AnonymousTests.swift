import ClassCore
import Testing

/// The handout asks for a name at the top of the answer, and who marks must not read it.
@Suite struct AnonymousTests {
  private static let jane = Student(
    id: "03240396",
    name: "Doe, Jane",
    email: "jane@example.edu"
  )

  @Test(arguments: [
    ("Name: Jane Doe", "Name: (left out)"), ("**Name:** J. D.", "**Name: (left out)"),
    ("Name:", "Name:"), ("# 氏名：山田", "# 氏名： (left out)"),
    ("Student number: 03-24", "Student number: (left out)"),
    ("By jane doe, 03240396 (jane@example.edu).", "By (left out), (left out) ((left out))."),
    ("Doe, Jane wrote it. JaneDoe.", "(left out) wrote it. (left out)."),
    ("The name: dX is the sum over i.", "The name: dX is the sum over i."),
    ("dJ/dx: the mean's path, as Jane said", "dJ/dx: the mean's path, as Jane said"),
  ])
  func whoWroteIt(text: String, left: String) {
    #expect(Anonymous.text("a\n\(text)\nb", of: [Self.jane]) == "a\n\(left)\nb")
  }

  @Test func nobodyKnown() {
    #expect(Anonymous.text("Name: Jane\nx", of: []) == "Name: (left out)\nx")
    let short = Student(id: "a", name: "Li")
    #expect(Anonymous.text("A list of all a's", of: [short]) == "A list of all a's")
  }
}

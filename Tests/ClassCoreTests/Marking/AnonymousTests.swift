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
    ("03-240396, 03 240 396, ０３２４０３９６", "(left out), (left out), (left out)"),
    ("JANE\u{3000}DOE; doe-jane; 3240396", "(left out); (left out); (left out)"),
    ("J. Doe; Doe, J.", "(left out); (left out)"),
    ("mail me at jd99@other.example", "mail me at (left out)"),
    ("| Name | Jane D. |", "| Name | (left out) |"),
    ("Name / Student number: Jane, 03", "Name / Student number: (left out)"),
    ("学籍番号 03-24", "学籍番号 (left out)"), ("Autor: x", "Autor: x"),
    ("1032403961 and 0.03240396", "1032403961 and 0.(left out)"),
    ("janedoes is no name, nor is x @ w", "janedoes is no name, nor is x @ w"),
  ])
  func whoWroteIt(text: String, left: String) {
    #expect(Anonymous.text("a\n\(text)\nb", of: [Self.jane]) == "a\n\(left)\nb")
  }

  @Test func nobodyKnown() {
    #expect(Anonymous.text("Name: Jane\nx", of: []) == "Name: (left out)\nx")
    let short = Student(id: "a", name: "Li")
    #expect(Anonymous.text("A list of all a's", of: [short]) == "A list of all a's")
  }

  @Test func nameBelowItsHeading() {
    #expect(Anonymous.text("Name:\nJ. D.\n\nx = y", of: []) == "Name:\n(left out)\n\nx = y")
    #expect(Anonymous.text("Name:\n\n## 1. Steps", of: []) == "Name:\n\n## 1. Steps")
  }

  @Test func loginsAndAddressesAreNames() {
    let student = Student(id: "u7", name: "", email: "taro.yamada@u.example")
    let text = Anonymous.text("Yamada Taro, TARO YAMADA, jd_77", of: [student], logins: ["jd_77"])
    #expect(text == "(left out), (left out), (left out)")
  }

  /// A list has a name in its own letters, and people sign in Latin ones.
  @Test(arguments: [
    ("山田 太郎", "Yamada Taro, YAMADA Taro, Taro Yamada, 山田太郎, 太郎 山田, 山 田 太 郎"),
    ("王小明", "Wang Xiaoming, Xiaoming Wang, 王小明"), ("김민수", "Kim Minsu, Min-su Kim, 김민수"),
    ("Иван Петров", "Ivan Petrov, Petrov Ivan, Петров Иван"),
    ("Jörg Müller", "Jorg Muller, MÜLLER Jörg"),
  ])
  func otherLetters(name: String, spellings: String) {
    let student = Student(id: "03249002", name: name)
    for spelling in spellings.split(separator: ", ") {
      #expect(
        Anonymous.text("By \(spelling).", of: [student]) == "By (left out).",
        "\(spelling) of \(name)"
      )
    }
  }

  /// The words of an answer stay, whoever wrote it.
  @Test(arguments: ["山田 太郎", "王小明", "김민수"]) func answersStay(name: String) {
    let text = """
      # Derivation
      Batch Normalization by Ioffe and Szegedy. Note One: Gamma Beta. We take the sum over i.
      Adam Optimizer, Xavier Glorot, Chain Rule. Then We see dJ/dx = 1.
      """
    #expect(Anonymous.text(text, of: [Student(id: "03249002", name: name)]) == text)
  }
}

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
    ("学籍番号 03-24", "学籍番号 (left out)"), ("Autor: x", "Autor: (left out)"),
    ("Author of it: x", "Author of it: x"),
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

  private static let names: [(name: String, id: String, texts: [String])] = [
    (
      "山田 太郎", "03249002",
      [
        "T. Yamada", "Yamada, T.", "山田（太郎）", "ヤマダ タロウ", "ﾔﾏﾀﾞ ﾀﾛｳ", "フリガナ: やまだ",
        "Taroh YAMADA", "私の名前は山田",
      ]
    ),
    ("김철수", "20261012", ["KIM Cheol Su", "Cheolsu KIM", "Chul Soo Kim", "C. S. Kim", "이름: 철수"]),
    ("王伟", "20261013", ["Wáng Wěi", "W. Wang", "姓名：王"]),
    ("محمد علي", "20261014", ["Mohammed Ali", "Ali, Muhammad", "الاسم: محمد"]),
    ("Иван Петров", "20261011", ["Ivan Petrov", "Петров И.", "ФИО: Иван"]),
    ("Jörg Müller", "20261005", ["Joerg Mueller", "Mueller, J.", "Verfasser: Jörg"]),
    ("Øystein Åse", "20261007", ["Oystein Ase", "Oeystein Aase"]),
    (
      "Mary Jane Doe", "s1234567",
      [
        "M. J. Doe", "M.J. Doe", "Mary J. Doe", "Mary Doe", "Doe MJ", "1234567", "S 1234567",
        "## Name\n\nMary Jane", "**Name**\nMary", "<b>Name:</b> Mary", "% Author: Mary",
        "\\author{Mary Jane}", "Your name: Mary", "Name (first, last): Mary", "Name and ID: Mary 9",
        "Name - Mary", "Name\tMary", "My name is Mary Jane", "Names of group members: M, N",
      ]
    ),
    ("O'Connor, Sinéad", "20261009", ["S. O’Connor", "Sinead O'Connor", "O’Connor, S."]),
  ]

  /// Spellings that no list has, and lines that are there for a name.
  @Test(arguments: names)
  func otherSpellings(name: String, id: String, texts: [String]) {
    let words = name.split { !$0.isLetter }.map(String.init) + ["Mary", "Yamada", "Petrov", "やまだ"]
    for text in texts {
      let left = Anonymous.text("We say:\n\(text)\nand so on.", of: [Student(id: id, name: name)])
      #expect(left.hasPrefix("We say:\n") && left.hasSuffix("\nand so on."), "\(text): \(left)")
      #expect(left.contains("(left out)"), "\(text): \(left)")
      #expect(!words.contains { $0.count > 1 && left.contains($0) }, "\(text): \(left)")
    }
  }

  /// What is an answer's own stays.
  @Test(arguments: [
    "Batch Norm divides by σ.", "バッチ ノルムの和を取る。", "The number of rows - as given - is m.",
    "Name:\n\nThe chain rule.", "Let X. Then Y.", "## The name of the rule\nIt is the chain rule.",
    "Mean And Variance",
  ])
  func answersStay(text: String) {
    let students = Self.names.map { Student(id: $0.id, name: $0.name) }
    #expect(Anonymous.text(text, of: students) == text)
  }
}

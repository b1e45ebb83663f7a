import ClassCore
import Foundation
import Testing

/// Lists as systems and spreadsheets write them, in any language that these speak.
@Suite struct RosterDialectTests {
  private static let headings: [(name: String, rows: String)] = [
    ("German", "Matrikelnummer;Nachname;Vorname;E-Mail-Adresse;Gruppe"),
    ("French", "N° étudiant;Nom;Prénom;Adresse de courriel;Groupe"),
    ("Spanish", "Número de matrícula;Apellido(s);Nombre;Dirección de correo;Grupo"),
    ("Japanese", "学籍番号;姓;名;メールアドレス;グループ"),
    ("Chinese", "学号;姓氏;名字;电子邮件地址;小组"),
    ("Chinese of Taiwan", "學號;姓氏;名字;電子郵件信箱;群組"),
    ("Korean", "학번;성;이름;이메일 주소;모둠"),
    ("Portuguese", "Número de aluno;Apelido;Nome;Endereço de email;Grupo"),
    ("Italian", "Matricola;Cognome;Nome;Indirizzo email;Gruppo"),
    ("Dutch", "Studentnummer;Achternaam;Voornaam;E-mailadres;Groep"),
  ]

  @Test(arguments: headings.indices) func languages(place: Int) throws {
    let (roster, doubts) = try Roster.read(
      Self.headings[place].rows + "\n20260001;Brandt;Ada;ada@u.example;Alder\n"
    )
    #expect(doubts == [])
    #expect(
      roster.members == [
        Roster.Member(
          student: Student(id: "20260001", name: "Ada Brandt", email: "ada@u.example"),
          group: "Alder"
        )
      ],
      "\(Self.headings[place].name)"
    )
  }

  @Test func unknownHeadingsAreNamed() throws {
    let doubts = try Roster.read("Number,Name,Neptun-kód\n20260001,Ada Brandt,x\n").doubts
    #expect(doubts == [.unknownHeadings(["Neptun-kód"])])
    #expect("\(doubts[0])".contains("Neptun-kód"))
    let fault = #expect(throws: RosterProblem.self) { try Roster.read("Hallgató,Kód\nAda,1\n") }
    #expect(fault.map { "\($0)" }?.contains("German") == true)
  }

  /// More commas than semicolons make no table of commas.
  @Test(arguments: [
    "Number;Name;Email\n1;Brandt, Ada, Dr.;a@b\n2;Cole, Ben, Jr.;c@d\n",
    "sep=;\nNumber;Name\n1;Brandt, Ada, Dr.\n2;Cole, Ben, Jr.\n",
    "Number\tName\n1\tBrandt, Ada, Dr.\n2\tCole, Ben, Jr.\n",
    "Number|Name\n1|Brandt, Ada, Dr.\n2|Cole, Ben, Jr.\n",
    "Number,Name\n1,\"Brandt, Ada, Dr.\"\n2,\"Cole, Ben, Jr.\"\n",
  ])
  func separators(text: String) throws {
    let roster = try Roster.read(text).roster
    #expect(roster.students.map(\.name) == ["Brandt, Ada, Dr.", "Cole, Ben, Jr."])
    #expect(roster.students.map(\.id) == ["00000001", "00000002"])
  }

  @Test func oneColumnOfNames() throws {
    let roster = try Roster.read("Name\nBrandt, Ada\nCole, Ben\n").roster
    #expect(roster.students.map(\.name) == ["Brandt, Ada", "Cole, Ben"])
  }

  @Test func surplusCells() throws {
    let doubts = try Roster.read("Number,Name\n1,Ada\n2,Ben\n3,Dorn, Cleo\n").doubts
    #expect(doubts == [.surplus(row: 4, cells: 3, headings: 2)])
  }

  /// Nobody can tell whose a rounded number was.
  @Test(arguments: [
    "2.02600E+07", "2,026E+07", "1.0e+16", "2.026E7", "########", "01-Mar", "Mar-01",
  ]) func roundedNumbers(number: String) {
    #expect(throws: RosterProblem.rounded(row: 3, heading: "Number", value: number)) {
      try Roster.read("Number;Name\n20260001;Ada\n\(number);Ben\n")
    }
  }

  @Test func lettersInNumbersAreNoRounding() throws {
    let roster = try Roster.read("Number,Name\n3124E001,Ada\n").roster
    #expect(roster.students.map(\.id) == ["3124E001"])
  }

  /// Canvas's rows of its own, and its student for trying things out, are nobody.
  @Test(arguments: [
    "Student,ID,SIS User ID,SIS Login ID,Section,HW (9)\n,,,,,Manual Posting\n"
      + "    Points Possible,,,,,100\n\"Brandt, Ada\",51,S1,ab,A,EX\n"
      + "\"Student, Test\",99,,f0e1,A,\n",
    "LastName,FirstName,ID,SIS User ID,SIS Login ID,Section,HW (9)\n,,,,,,Manual Posting\n"
      + "    Points Possible,,,,,,100\nBrandt,Ada,51,S1,ab,A,EX\nStudent,Test,99,,f0e1,A,\n",
  ])
  func canvas(text: String) throws {
    let (roster, doubts) = try Roster.read(text)
    #expect(doubts == [])
    #expect(roster.members.map(\.sourceID) == ["51"])
    #expect(roster.members.map(\.student.id) == ["S1"])
  }

  @Test(arguments: [
    ("Participant 12", "12"), ("Teilnehmer/in 7001", "7001"), ("参加者 4711", "4711"),
    ("参与者12", "12"), ("참가자 12", "12"), ("42.0", "42"), ("42", "42"), ("ada@b", "ada@b"),
  ])
  func participants(text: String, id: String) throws {
    let table = "ID,Name,Grade\n\(text),Ada Brandt,\n"
    #expect(try Roster.read(table).roster.members.map(\.sourceID) == [id])
  }

  @Test func twoStudentsWithOneID() throws {
    let (_, doubts) = try Roster.read(
      "Student,ID,SIS User ID,SIS Login ID,Section\nA,51,1,a,x\nB,51,2,b,x\n"
    )
    #expect(doubts == [.shared(field: "ID", value: "51", ids: ["00000001", "00000002"])])
  }

  /// What other systems export: whose rows they are, and what is told of them.
  private static let exports: [(name: String, text: String, doubts: [String])] = [
    (
      "Brightspace",
      "OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n"
        + "#20260001,#abrandt,Brandt,Ada,a@x.example,#\n",
      ["End-of-Line Indicator"]
    ),
    (
      "Blackboard in German",
      "Nachname\tVorname\tBenutzername\tStudenten-ID\nBrandt\tAda\tabrandt\t20260001\n", []
    ),
    (
      "Gradescope, with those who teach",
      "First Name,Last Name,SID,Email,Role\nAda,Brandt,20260001,a@x.example,Student\n"
        + "Tina,Tor,,t@x.example,TA\nPia,Prof,,p@x.example,Instructor\n",
      ["Tina Tor, Pia Prof"]
    ),
    ("HISinOne", "Mtknr;Nachname;Vorname\n20260001;Brandt;Ada\n", []),
    ("one heading for both names", "Matrikel-Nr.;Name, Vorname\n20260001;Brandt, Ada\n", []),
    (
      "Japanese, below what the school says of the course",
      "科目,深層学習\n担当,先生\n年度,2026\n時限,月1\n人数,2\n室,1\n"
        + "学籍番号,氏名（漢字）\n20260001,Brandt　Ada\n",
      []
    ),
    ("headings with marks", "Student ID*,Name*,Group #\n20260001,Ada Brandt,3\n", []),
    ("thousands", "number,name\n\"20,260,001\",Ada Brandt\n", []),
    ("a fraction of zero", "number,name\n20260001.00,Ada Brandt\n", []),
    ("Portuguese", "RA;Nome do aluno\n20260001;Ada Brandt\n", []),
    ("Spanish", "DNI;Apellidos y nombre\n20260001;Brandt, Ada\n", []),
  ]

  @Test(arguments: exports.indices) func otherSystems(place: Int) throws {
    let export = Self.exports[place]
    let (roster, doubts) = try Roster.read(export.text)
    #expect(roster.students.map(\.id) == ["20260001"], "\(export.name)")
    #expect(roster.students.allSatisfy { $0.name.contains("Brandt") && $0.name.contains("Ada") })
    #expect(doubts.count == export.doubts.count)
    for (doubt, words) in zip(doubts, export.doubts) { #expect("\(doubt)".contains(words)) }
  }

  /// No number is not one number that several students have.
  @Test func wordsForNothing() throws {
    let words = ["N/A", "#N/A", "None", "nan", "-", "null", "なし", ""]
    let rows = words.enumerated().map { "\($1),Na Student\($0),s\($0)@x.example\n" }
    let (roster, doubts) = try Roster.read("Number,Name,Email\n" + rows.joined())
    #expect(roster.students.map(\.id) == words.indices.map { "s\($0)@x.example" })
    #expect(doubts == [])
    #expect(try Roster.read("Number,Name\n1,Na\n").roster.students.map(\.name) == ["Na"])
  }
}

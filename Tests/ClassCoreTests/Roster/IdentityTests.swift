import ClassCore
import Foundation
import Testing

/// All that a listing says decides together whose something is.
@Suite struct IdentityTests {
  /// A class, a listing, and whose each delivery is; nobody's where that cannot be told.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var roster: String
    /// Names of deliveries, and the names of their students.
    var owners: [String: [String]]
    /// The rest of each path.
    var ending: String

    init(
      _ description: String,
      _ roster: String,
      _ owners: [String: [String]],
      ending: String = "/hw.tar.gz"
    ) {
      (testDescription, self.roster, self.owners) = (description, roster, owners)
      self.ending = ending
    }
  }

  private static let small =
    "Number,Name\n1,Ada Brandt\n2,Ben Cole\n3,Cleo Dorn\n29,Zoe Yu\n30,Al Wu\n"
  private static let eight =
    "Student Number,Name\n20260001,Ada Brandt\n20260002,Ben Cole\n20260429,Zoe Yu\n"
  private static let teams = """
    Identifier,Full name,Email address,Status,Group,Grade,Last modified (grade)
    Participant 701,Ada Brandt,a@u.example,x,Team Alder,,-
    Participant 702,Ben Cole,b@u.example,x,Team Alder,,-
    Participant 703,Cleo Dorn,c@u.example,x,Team Birch,,-
    Participant 704,Dan Ek,d@u.example,x,Team Birch,,-
    Participant 705,Eva Fink,e@u.example,x,Default group,,-

    """
  private static let moodle = "_assignsubmission_file/hw.tar.gz"

  private static let cases = [
    Case(
      "a date is nobody's number",
      small,
      [
        "48211-90017 - Ada Brandt - Apr 30, 2026 1159 PM": ["Ada Brandt"],
        "48212-90017 - Ben Cole - Apr 29, 2026 1030 AM": ["Ben Cole"],
        "48213-90017 - Nobody Known - May 1, 2026 1201 AM": [],
      ]
    ),
    Case(
      "the homework's number is nobody's",
      small,
      ["HW 2 - Ada Brandt": ["Ada Brandt"], "HW 2 - Cleo Dorn": ["Cleo Dorn"], "HW 2": []]
    ),
    Case(
      "a number alone is a student's",
      small,
      ["2": ["Ben Cole"], "03": ["Cleo Dorn"], "4": []]
    ),
    Case(
      "full names in the middle, in either order",
      eight,
      [
        "17 Brandt, Ada (late)": ["Ada Brandt"], "hw1_COLE_Ben_final": ["Ben Cole"],
      ]
    ),
    Case(
      "a number that is a date too",
      eight,
      [
        "Ada Brandt 20260429": ["Ada Brandt"], "Ben Cole 2026-04-29": ["Ben Cole"],
        "2026-04-29": [], "hw1_20260429": ["Zoe Yu"], "Ada Brant 20260429": [],
      ]
    ),
    Case(
      "a name and another's number",
      eight,
      ["Ada Brandt 20260002": [], "Ada Brandt 20260001": ["Ada Brandt"]]
    ),
    Case(
      "two persons of no team",
      eight,
      ["Ada Brandt and Ben Cole": [], "Zoe Yu": ["Zoe Yu"]]
    ),
    Case(
      "one name within another",
      "Number,Name\n11111,Ada Brandt\n22222,Ada Brandt-Cole\n33333,Cole Dorn\n",
      [
        "Ada Brandt hw": ["Ada Brandt"], "Ada Brandt-Cole hw": ["Ada Brandt-Cole"],
        "Ada Brandt Cole Dorn": [],
      ]
    ),
    Case(
      "a login that is another's family name",
      "Number,Name,Login\n11111,Kim Smith,ksmith\n22222,John Roe,smith\n",
      ["smith 11111": ["Kim Smith"], "smith hw": ["John Roe"]]
    ),
    Case(
      "teams of Moodle 4 by name, whatever a participant's number is",
      teams,
      [
        "Team Alder_703": ["Ada Brandt", "Ben Cole"], "Team Birch_704": ["Cleo Dorn", "Dan Ek"],
        "Default group": ["Eva Fink"],
      ],
      ending: moodle
    ),
    Case(
      "teams of Moodle 3: a member's name and number behind the team's",
      teams,
      [
        "Team Alder-Ada Brandt_701": ["Ada Brandt", "Ben Cole"],
        "Team Birch-Dan Ek_704": ["Cleo Dorn", "Dan Ek"],
        "Team Alder-Cleo Dorn_703": [], "Team Birch-Participant_703": ["Cleo Dorn", "Dan Ek"],
      ],
      ending: "_assignsubmission_file_/hw.tar.gz"
    ),
    Case(
      "a participant's name and another's number",
      "Identifier,Full name,Grade\nParticipant 701,Ada Brandt,\nParticipant 703,Cleo Dorn,\n",
      ["Ada Brandt_703": [], "Team Alder_703": [], "Participant_701": ["Ada Brandt"]],
      ending: moodle
    ),
    Case(
      "groups that are called by a number",
      "Number,Name,Group\n20260001,Ada Brandt,7\n20260002,Ben Cole,7\n20260003,Cleo Dorn,12\n",
      [
        "Group 7": ["Ada Brandt", "Ben Cole"], "第12班": ["Cleo Dorn"],
        "hw 7 Cleo Dorn": ["Cleo Dorn"], "Group 7 Cleo Dorn": [],
      ]
    ),
    Case(
      "marks of direction in names and numbers",
      "Number,Name\n\u{200E}20260001,\u{202B}נועה לוי\u{202C}\n20260002,سارة علي\n",
      [
        "נועה לוי\u{200F}": ["נועה לוי"], "2026\u{200E}0002": ["سارة علي"],
      ]
    ),
    Case(
      "Canvas's number and name of two students",
      "Student,ID,SIS User ID,SIS Login ID,Section\n"
        + "\"Brandt, Ada\",51,1,a,x\n\"Cole, Ben\",52,2,b,x\n",
      ["brandtada_52": [], "coleben_51": []],
      ending: "_9_hw.zip"
    ),
    Case(
      "a list's own IDs are not Canvas's",
      "ID,Name\n51,Ada Brandt\n52,Ben Cole\n",
      ["renamedsomebody_52": [], "brandtada_53": ["Ada Brandt"]],
      ending: "_9_hw.zip"
    ),
    Case(
      "the words of a longer name in any order are not a shorter one",
      "Number,Name\n11111,Jane Doe\n22222,Mary Jane Doe\n",
      [
        "Doe_Jane_Mary": ["Mary Jane Doe"], "hw Jane Mary Doe": ["Mary Jane Doe"],
        "Doe Jane": ["Jane Doe"],
      ]
    ),
    Case(
      "letters that lists and systems write in several ways",
      """
      Number,Name
      11111,Łukasz Woźniak
      11112,Jörg Müller
      11113,Øystein Åse
      11114,İbrahim Işık
      11115,Γιώργος Παππάς
      11116,髙橋 花子
      11117,Anke Gross
      11118,Mueller-Lüd Uwe

      """,
      [
        "Lukasz Wozniak": ["Łukasz Woźniak"], "Mueller Joerg": ["Jörg Müller"],
        "muller_jorg": ["Jörg Müller"], "Oystein Ase": ["Øystein Åse"],
        "IBRAHIM ISIK": ["İbrahim Işık"], "ΠΑΠΠΑΣ ΓΙΩΡΓΟΣ": ["Γιώργος Παππάς"],
        "高橋花子": ["髙橋 花子"], "Groß Anke": ["Anke Gross"], "Uwe Müller-Lüd": ["Mueller-Lüd Uwe"],
      ]
    ),
    Case(
      "two persons whose names differ in accents alone",
      "Number,Name\n11111,Jörg Muller\n22222,Jorg Müller\n",
      ["Jorg Muller": [], "Jörg Muller hw": []]
    ),
    Case(
      "Japanese names without blanks",
      "学籍番号,氏名\n03240396,山田 太郎\n03240397,鈴木 花子\n",
      ["山田太郎_課題1": ["山田 太郎"], "課題1-花子 鈴木": ["鈴木 花子"], "03-240397山田太郎": []]
    ),
  ]

  @Test(arguments: cases) func owners(example: Case) throws {
    let roster = try Roster.read(example.roster).roster
    let paths = example.owners.keys.map { $0 + example.ending }
    let plan = Download.plan(
      Download.recognize(paths: paths),
      in: DownloadContext(roster: roster, timeZone: .gmt)
    )
    let names = Dictionary(uniqueKeysWithValues: roster.students.map { ($0.id, $0.name) })
    for (name, owners) in example.owners {
      let attempt = try #require(
        plan.attempts.first { attempt in
          guard case .archive(let file) = attempt.content else { return false }
          return file.path == name + example.ending
        }
      )
      #expect(attempt.students.compactMap { names[$0] } == owners, "\(name)")
    }
  }

  /// A contradiction is told with both who may be meant.
  @Test func bothCandidates() throws {
    let roster = try Roster.read(Self.eight).roster
    let plan = Download.plan(
      Download.recognize(paths: ["Ada Brandt 20260002/hw.tar.gz", "Zoe Yu/hw.tar.gz"]),
      in: DownloadContext(roster: roster, timeZone: .gmt)
    )
    let line = try #require(plan.oddities.first { $0.name == "unmatched" }.map(DownloadText.line))
    #expect(line.contains("20260001 Ada Brandt") && line.contains("20260002 Ben Cole"), "\(line)")
  }

  /// The assignment's name may hold what others log in with.
  @Test func blackboard() throws {
    let roster = try Roster.read("Name,Login\nR Roe,r_roe\nX Roe,roe\nJ Doe,jdoe\n").roster
    let time = "_attempt_2026-04-30-23-10-05_a.zip"
    let plan = Download.plan(
      Download.recognize(paths: ["HW_1_r_roe\(time)", "HW_1_jdoe\(time)"]),
      in: DownloadContext(roster: roster, timeZone: .gmt)
    )
    #expect(Set(plan.attempts.map(\.students)) == [["r_roe"], ["jdoe"]])
  }
}

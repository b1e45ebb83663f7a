import Foundation

/// The programs and habits that write lists of students.
enum RandomList: CaseIterable {
  case english, german, french, japanese, korean, excel, excelUnicode
  case canvas, canvasSplit, moodle, brightspace, gradescope, githubClassroom, utol

  /// What a list can tell of somebody.
  enum Field { case name, number, login, group, participant }

  var has: Set<Field> {
    switch self {
    case .english, .german, .french, .japanese, .korean, .excel, .excelUnicode:
      [.name, .number, .login, .group]
    case .canvas, .canvasSplit, .brightspace, .utol: [.name, .number, .login]
    case .moodle: [.name, .number, .group, .participant]
    case .gradescope: [.name, .number]
    case .githubClassroom: [.name, .number, .login]
    }
  }

  /// The identifier by which a student of such a list is known.
  func id(of person: RandomPerson) -> String { person.number }

  /// The list as a file; some programs put the family name first.
  func table(of people: [RandomPerson], turned: Bool) -> Data {
    let name = { (person: RandomPerson) in
      turned ? "\(person.family), \(person.given)" : person.full
    }
    func rows(_ heading: String, _ cells: (RandomPerson) -> [String]) -> [[String]] {
      [heading.split(separator: ",", omittingEmptySubsequences: false).map(String.init)]
        + people.map(cells)
    }
    let plain = { (person: RandomPerson) in
      [person.number, name(person), person.login, person.team ?? ""]
    }
    switch self {
    case .english: return data(rows("Student Number,Name,Login,Group", plain), ",")
    case .german:
      return data(
        rows("Matrikelnr.,Nachname,Vorname,Kennung,Gruppe") {
          [$0.number, $0.family, $0.given, $0.login, $0.team ?? ""]
        },
        ";",
        .windowsCP1252
      )
    case .french:
      return data(rows("N° étudiant,Nom complet,Utilisateur,Groupe", plain), ";", .windowsCP1252)
    case .japanese:
      let lines = [["科目", "深層学習"], ["担当", "先生"], [""], ["年度", "2026"], ["時限", "月1"]]
      return data(lines + rows("学籍番号,氏名,ユーザー名,グループ", plain), ",", .shiftJIS)
    case .korean: return data(rows("학번,이름,아이디,조", plain), ",")
    case .excel:
      return Data("\u{FEFF}sep=;\r\n".utf8) + data(rows("Number,Name,Login,Team", plain), ";")
    case .excelUnicode: return data(rows("Number,Name,Login,Team", plain), "\t", .utf16)
    case .canvas:
      let own = [["    Points Possible", "", "", "", "", "30"]]
      let all = rows("Student,ID,SIS User ID,SIS Login ID,Section,HW (9)") {
        ["\($0.family), \($0.given)", "\($0.source)", $0.number, $0.login, "A", "EX"]
      }
      return data(
        all.prefix(1) + own + all.dropFirst() + [["Student, Test", "1", "", "f0e1", "A"]],
        ","
      )
    case .canvasSplit:
      return data(
        rows("LastName,FirstName,ID,SIS User ID,SIS Login ID,Section,HW (9)") {
          [$0.family, $0.given, "\($0.source)", $0.number, $0.login, "A", ""]
        },
        ","
      )
    case .moodle:
      return data(
        rows("Identifier,Full name,ID number,Group,Grade,Last modified (grade)") {
          ["Participant \($0.source)", $0.full, $0.number, $0.team ?? "", "", "-"]
        },
        ","
      )
    case .brightspace:
      return data(
        rows("OrgDefinedId,Username,Last Name,First Name,End-of-Line Indicator") {
          ["#\($0.number)", "#\($0.login)", $0.family, $0.given, "#"]
        },
        ","
      )
    case .gradescope:
      let staff = [["Tina", "Tutor", "", "t@x.example", "TA"]]
      return data(
        rows("First Name,Last Name,SID,Email,Role") {
          [$0.given, $0.family, $0.number, "", "Student"]
        } + staff,
        ","
      )
    case .githubClassroom:
      return data(
        rows("identifier,github_username,github_id,name") {
          [$0.number, $0.login, "", name($0)]
        },
        ","
      )
    case .utol:
      return data(
        [["", "", "※提出フラグ"]]
          + rows("ユーザID,学生証番号,氏名,課題1") {
            [$0.login, $0.number, $0.full, "1"]
          },
        ","
      )
    }
  }

  /// The rows in an encoding, or in UTF-8 where that has not all letters.
  private func data(
    _ rows: some Sequence<[String]>,
    _ separator: String,
    _ encoding: String.Encoding = .utf8
  ) -> Data {
    let text =
      rows.map { row in
        row.map { $0.contains(separator) ? "\"\($0)\"" : $0 }.joined(separator: separator)
      }.joined(separator: "\r\n") + "\r\n"
    return text.data(using: encoding) ?? Data(text.utf8)
  }
}

import Foundation

/// Lines that are there for a name.
enum NameEntries {
  private static let headings: Set<String> = [
    "name", "names", "full name", "full names", "first name", "last name", "given name",
    "family name", "surname", "student", "students", "student name", "student names",
    "student's name", "student number", "student no", "student no.", "student id",
    "student id number", "id", "id number", "number", "name of student", "name of the student",
    "author", "authors", "author name", "login", "email", "e-mail", "mail", "by", "written by",
    "submitted by", "team", "team name", "group", "group name", "members", "group member",
    "group members", "team member", "team members", "names of group members",
    "names of team members", "username", "user name", "github", "netid", "partner", "partners",
    "氏名", "名前", "お名前", "姓名", "名", "学籍番号", "学生証番号", "学生番号", "メール", "メールアドレス", "班",
    "グループ", "メンバー", "提出者", "作成者", "氏名(漢字)", "フリガナ", "ふりがな", "よみがな", "カナ氏名",
    "学号", "學號", "作者", "组员", "成员", "小组", "學生", "学生", "이름", "성명", "학번", "작성자", "제출자", "조원",
    "팀", "nom", "prénom", "nom et prénom", "étudiant", "auteur", "auteurs", "groupe", "nombre",
    "nombre y apellidos", "estudiante", "alumno", "autor", "autores", "autora", "grupo", "nome",
    "cognome", "studente", "autore", "gruppo", "nome completo", "aluno", "aluna", "naam",
    "auteur(s)",
    "vorname", "nachname", "verfasser", "verfasserin", "autorin", "bearbeiter", "bearbeiterin",
    "bearbeitet von", "abgegeben von", "gruppe", "teilnehmer", "matrikelnummer", "matrikelnr",
    "matrikelnr.", "matr.-nr.", "matr.nr.", "numéro d'étudiant", "matricola", "matrícula",
    "studentnummer", "apellidos", "имя", "фамилия", "фио", "студент", "автор", "группа", "όνομα",
    "ονοματεπώνυμο", "φοιτητής", "الاسم", "اسم", "الطالب", "שם", "שם הסטודנט", "नाम", "ชื่อ",
    "ad soyad",
    "öğrenci", "imię i nazwisko", "họ và tên", "họ tên", "mssv",
  ]
  /// Headings that begin no sentence, so that a blank does for a colon.
  private static let bare: Set<String> = [
    "氏名", "名前", "お名前", "姓名", "学籍番号", "学生証番号", "学生番号", "学号", "學號", "이름", "성명", "학번",
    "matrikelnummer", "フリガナ", "ふりがな",
  ]
  private static let marks = CharacterSet(charactersIn: " \t*_#->|`()（）[]【】%;\"'{}")

  static func left(out text: String) -> String {
    var (isNext, isBelowTitle) = (false, false)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      line -> String in
      defer {
        // Below a title the name may stand behind a blank line. Whoever leaves `Name:` empty begins
        // to answer there.
        let isBlank = !line.contains(where: isContent)
        isBelowTitle = isTitle(line) || isBelowTitle && isBlank
        isNext = isOpenEntry(line) || isBelowTitle
      }
      if isNext, isShort(line) || isReading(line) { return Anonymous.gap }
      return isReading(line) ? Anonymous.gap : withoutEntry(line)
    }
    return withoutPhrases(lines.joined(separator: "\n"))
  }

  /// `Name: Jane Doe` without the name.
  private static func withoutEntry(_ line: Substring) -> String {
    if let place = separator(in: line) {
      let entry = line[line.index(after: place)...]
      return entry.contains(where: isContent) ? "\(line[...place]) \(Anonymous.gap)" : String(line)
    }
    let cells = line.split(separator: "|", omittingEmptySubsequences: false)
    if cells.count > 2, let place = cells.firstIndex(where: isHeading),
      cells.dropFirst(place + 1).contains(where: { $0.contains(where: isContent) })
    {
      return cells[...place].joined(separator: "|") + "| \(Anonymous.gap) |"
    }
    let words = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
    guard words.count == 2, bare.contains(plain(words[0])), words[1].contains(where: isContent)
    else { return String(line) }
    return "\(words[0]) \(Anonymous.gap)"
  }

  /// The place of the colon behind a heading, or of what does for one: a tab, or a dash with blanks
  /// round it.
  private static func separator(in line: Substring) -> Substring.Index? {
    if let place = line.firstIndex(where: { ":：=＝\t".contains($0) && $0 != line.first }),
      isHeading(line[..<place])
    {
      return place
    }
    return line.firstRange(of: /\s[-‐–—]\s/).flatMap { dash in
      isHeading(line[..<dash.lowerBound]) ? line.index(after: dash.lowerBound) : nil
    }
  }

  /// Sentences and commands that say a name.
  private static func withoutPhrases(_ text: String) -> String {
    let starts = [
      "\\\\(?:author|name|student)\\s*\\{(?=[^}\\n]*\\})", "\\b[Mm]y (?:full )?name is ",
      "\\b[Jj]e m['’]appelle ", "\\b[Mm]e llamo ", "\\b[Ii]ch heiße ", "私の名前は", "我叫",
    ]
    return text.replacingOccurrences(
      of: "(\(starts.joined(separator: "|")))[\\p{L}'’-]+(?:,? (?:and )?\\p{Lu}[\\p{L}'’.-]*)*",
      with: "$1\(Anonymous.gap)",
      options: .regularExpression
    )
  }

  /// A line with nothing but two words in kana, as the reading of a name below it.
  private static func isReading(_ line: Substring) -> Bool {
    let kana = ["ァ-ヶー", "ぁ-ゖー", "\\x{FF66}-\\x{FF9F}"].map { "[\($0)]{2,9}[\\s・]+[\($0)]{2,9}" }
    let pattern = "^\\s*(?:\(kana.joined(separator: "|")))\\s*$"
    return line.range(of: pattern, options: .regularExpression) != nil
  }

  /// `Name:` with the name on the line below it.
  private static func isOpenEntry(_ line: Substring) -> Bool {
    guard let place = line.firstIndex(where: { ":：".contains($0) }) else { return false }
    let entry = line[line.index(after: place)...]
    return isHeading(line[..<place]) && !entry.contains(where: isContent)
  }

  /// `## Name` or `**Name**`.
  private static func isTitle(_ line: Substring) -> Bool {
    let text = line.trimmingCharacters(in: .whitespaces)
    return (text.hasPrefix("#") || text.hasPrefix("**")) && isHeading(line)
  }

  private static func isShort(_ line: Substring) -> Bool {
    line.count(where: isContent) > 1 && line.split(separator: " ").count <= 5
      && !line.contains { "#$=。".contains($0) }
  }

  private static func isContent(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }

  /// One heading, or several with a stroke, a comma or a word between them.
  private static func isHeading(_ text: Substring) -> Bool {
    let plain = text.replacing(/<[^>]*>/, with: "").replacing(/\s?[(（][^)）]*[)）]/, with: "")
      .replacing(/\s(?:and|und|et|y|e|en)\s/, with: "/")
    let parts = plain.split { "/／,、&・".contains($0) }.map { self.plain($0) }
    return !parts.isEmpty && parts.allSatisfy(headings.contains)
  }

  private static func plain(_ text: Substring) -> String {
    let words = text.trimmingCharacters(in: marks).lowercased()
    return ["your ", "my ", "our "].reduce(words) { words, start in
      words.hasPrefix(start) ? String(words.dropFirst(start.count)) : words
    }
  }
}

import Foundation

/// Takes out of an answer what tells whose it is, as far as that can be known.
package enum Anonymous {
  /// The words in place of a text that was taken out.
  static let gap = "(left out)"

  /// The text without lines that are there for a name, without the writers' own names, numbers,
  /// logins and addresses in any spelling that the list implies, and without all other addresses.
  ///
  /// Names that are written in Chinese, Japanese or Korean go in Latin letters too: no list says
  /// how these are read, so two words that can be such a name are taken for it. A nickname or the
  /// name of a friend stays: nothing tells it from an answer.
  package static func text(
    _ text: String,
    of students: [Student],
    logins: [String] = []
  ) -> String {
    let words = students.reduce(into: Set<String>()) { $0.formUnion(NameKey.words(of: $1.name)) }
    let spellings =
      students.flatMap(NameSpelling.all) + NameSpelling.logins(logins, beside: words)
    let entries = NameEntries.left(out: text)
    let known = SpelledText(entries).leavingOut(spellings)
    return ForeignNames.left(out: MailAddresses.left(out: known), of: students)
  }
}

/// Lines that are there for a name.
private enum NameEntries {
  private static let headings: Set<String> = [
    "name", "names", "full name", "student", "student name", "student number", "student no",
    "student no.", "student id", "id", "number", "author", "authors", "login", "email", "e-mail",
    "mail", "by", "written by", "submitted by", "team", "group", "members", "group members",
    "team members", "username", "github", "氏名", "名前", "お名前", "姓名", "学籍番号", "学生証番号", "学生番号",
    "メール", "メールアドレス", "班", "グループ", "メンバー", "提出者", "作成者", "学号", "學號", "이름", "성명", "학번",
    "nom", "prénom", "nom et prénom", "nombre", "nombre y apellidos", "nome", "cognome", "naam",
    "vorname", "nachname", "matrikelnummer", "matrikelnr", "matrikelnr.", "matr.-nr.",
    "numéro d'étudiant", "matricola", "studentnummer", "apellidos",
  ]
  /// Headings that begin no sentence, so that a blank does for a colon.
  private static let bare: Set<String> = [
    "氏名", "名前", "お名前", "姓名", "学籍番号", "学生証番号", "学生番号", "学号", "學號", "이름", "성명", "학번",
    "matrikelnummer",
  ]
  private static let marks = CharacterSet(charactersIn: " \t*_#->|`()（）[]【】")

  static func left(out text: String) -> String {
    var isNext = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      defer { isNext = isOpenEntry(line) }
      if isNext, isShort(line) { return Anonymous.gap }
      return withoutEntry(line)
    }.joined(separator: "\n")
  }

  /// `Name: Jane Doe` without the name.
  private static func withoutEntry(_ line: Substring) -> String {
    if let place = line.firstIndex(where: { ":：=＝".contains($0) }), isHeading(line[..<place]) {
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

  /// `Name:` with the name on the line below it.
  private static func isOpenEntry(_ line: Substring) -> Bool {
    guard let place = line.firstIndex(where: { ":：".contains($0) }), isHeading(line[..<place])
    else { return false }
    return !line[line.index(after: place)...].contains(where: isContent)
  }

  private static func isShort(_ line: Substring) -> Bool {
    line.count(where: isContent) > 1 && line.split(separator: " ").count <= 5
      && !line.contains { "#$=。".contains($0) }
  }

  private static func isContent(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }

  /// One heading, or several with a stroke or a comma between them.
  private static func isHeading(_ text: Substring) -> Bool {
    let parts = text.split { "/／,、&・".contains($0) }.map(plain)
    return !parts.isEmpty && parts.allSatisfy(headings.contains)
  }

  private static func plain(_ text: Substring) -> String {
    text.trimmingCharacters(in: marks).lowercased()
  }
}

/// Addresses of mail, which are always somebody's.
private enum MailAddresses {
  static func left(out text: String) -> String {
    text.replacingOccurrences(
      of: "[\\p{L}\\p{N}._%+-]+[@＠][\\p{L}\\p{N}-]+(\\.[\\p{L}\\p{N}-]+)*\\.\\p{L}{2,}"
        + "(?![\\p{L}\\p{N}(])",
      with: Anonymous.gap,
      options: .regularExpression
    )
  }
}

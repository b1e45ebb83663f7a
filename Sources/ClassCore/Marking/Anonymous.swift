import Foundation

/// Takes out of an answer what tells whose it is, as far as that can be known.
package enum Anonymous {
  /// The words in place of a text that was taken out.
  private static let gap = "(left out)"

  private static let headings: Set<String> = [
    "name", "names", "full name", "student", "student name", "student number", "student no",
    "student no.", "student id", "number", "author", "login", "email", "e-mail", "氏名", "名前",
    "学籍番号", "学生証番号",
  ]

  /// The text without lines that are there for a name, and without the writers' own names, numbers
  /// and addresses.
  ///
  /// Initials, a nickname or the name of a friend stay: nothing tells them from an answer.
  package static func text(_ text: String, of students: [Student]) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(withoutEntry)
    return secrets(of: students).reduce(lines.joined(separator: "\n")) { text, secret in
      text.replacingOccurrences(of: secret, with: gap, options: [.caseInsensitive])
    }
  }

  /// `Name: Jane Doe` without the name.
  private static func withoutEntry(_ line: Substring) -> String {
    guard let colon = line.firstIndex(where: { ":：".contains($0) }) else { return String(line) }
    let heading = line[..<colon].trimmingCharacters(in: CharacterSet(charactersIn: " \t*_#->|"))
    let entry = line[line.index(after: colon)...].filter { $0.isLetter || $0.isNumber }
    guard headings.contains(heading.lowercased()), !entry.isEmpty else { return String(line) }
    return "\(line[...colon]) \(gap)"
  }

  /// All ways to write who they are, the longest first.
  private static func secrets(of students: [Student]) -> [String] {
    let all = students.flatMap { student -> [String] in
      let words = student.name.split { ", \u{3000}".contains($0) }.map(String.init)
      let turned = words.dropFirst() + words.prefix(1)
      let names = [" ", "", ", "].flatMap { separator in
        [words, Array(turned)].map { $0.joined(separator: separator) }
      }
      return names + [student.id, student.email ?? "", student.name]
    }
    // What is short may be a word or a figure of the answer.
    return Set(all).filter { $0.utf8.count > 5 }.sorted { ($1.count, $0) < ($0.count, $1) }
  }
}

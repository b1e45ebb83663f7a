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

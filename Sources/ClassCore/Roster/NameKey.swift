import Foundation

extension Character {
  /// True for decimal digits alone: some kanji of names, such as 三 and 参, are numbers too.
  var isDigit: Bool {
    unicodeScalars.count == 1 && unicodeScalars.first?.properties.generalCategory == .decimalNumber
  }
}

/// A person's name without all that lists write differently.
enum NameKey {
  /// Letters and digits alone, in lower case: `Doe, Jane` is `doejane`.
  static func exact(_ name: some StringProtocol) -> String {
    visible(name).precomposedStringWithCompatibilityMapping.lowercased()
      .filter { $0.isLetter || $0.isNumber }
  }

  /// The same without accents on Latin letters, which systems lose, and with the usual form of
  /// letters that have several.
  static func plain(_ name: some StringProtocol) -> String {
    LetterForms.plain(withoutAccents(exact(name)))
  }

  /// The same with accents written out, as in German: `mueller` for `Müller`.
  static func writtenOut(_ name: some StringProtocol) -> String {
    LetterForms.plain(withoutAccents(LetterForms.writtenOut(exact(name))))
  }

  /// All spellings of a text that lists use.
  static func spellings(of name: some StringProtocol) -> Set<String> {
    [exact(name), plain(name), writtenOut(name)]
  }

  /// The keys of a name with its words in any order: family names come first in some lists and last
  /// in others, and names in the middle anywhere.
  static func all(of name: String) -> Set<String> {
    let words = FileNames.words(visible(name).precomposedStringWithCompatibilityMapping)
    guard !words.isEmpty, words.count < 8 else {
      return Set([exact(name)].filter { !$0.isEmpty })
    }
    return orders(of: words).reduce(into: []) { $0.formUnion(spellings(of: $1.joined())) }
  }

  /// All orders of four words and less; of more those that keep them in a circle.
  private static func orders(of words: [Substring]) -> [[Substring]] {
    guard words.count <= 4 else {
      return words.indices.map { Array(words[$0...] + words[..<$0]) }
    }
    guard words.count > 1 else { return [words] }
    return words.indices.flatMap { place in
      orders(of: Array(words[..<place] + words[(place + 1)...])).map { [words[place]] + $0 }
    }
  }

  /// The keys of a name's single words.
  static func words(of name: String) -> Set<String> {
    Set(FileNames.words(visible(name)).flatMap(spellings).filter { $0.count > 1 })
  }

  private static func withoutAccents(_ text: String) -> String {
    let scalars = text.decomposedStringWithCanonicalMapping.unicodeScalars
      .filter { !(0x300...0x36F).contains($0.value) }
    return String(String.UnicodeScalarView(scalars)).precomposedStringWithCanonicalMapping
  }

  /// Tells whether two names are in one script and share no word: they are hardly one person's.
  static func areForeign(_ left: String, _ right: String) -> Bool {
    let isEastern = [left, right].map { $0.unicodeScalars.contains { $0.value >= 0x2E80 } }
    guard isEastern[0] == isEastern[1], all(of: left).isDisjoint(with: all(of: right)) else {
      return false
    }
    // Letters alone say too little.
    let (mine, theirs) = (words(of: left), words(of: right))
    return !mine.isEmpty && !theirs.isEmpty && mine.isDisjoint(with: theirs)
  }

  /// A letter without case, width and accents.
  static func folded(_ character: Character) -> Character {
    if let ascii = character.asciiValue, !(0x41...0x5A).contains(ascii) { return character }
    let plain = String(character).precomposedStringWithCompatibilityMapping.lowercased()
      .decomposedStringWithCanonicalMapping.unicodeScalars
      .filter { !(0x300...0x36F).contains($0.value) }
    let letters = LetterForms.plain(
      String(String.UnicodeScalarView(plain)).precomposedStringWithCanonicalMapping
    )
    return letters.count == 1 ? letters.first ?? character : character
  }

  /// The text without characters that nothing is drawn for, such as marks of direction, which
  /// systems put round names.
  static func visible(_ text: some StringProtocol) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { $0.properties.generalCategory != .format }
      )
    )
  }
}

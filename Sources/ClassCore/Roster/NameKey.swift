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

  /// The same without accents on Latin letters, which systems lose.
  static func plain(_ name: some StringProtocol) -> String {
    let scalars = exact(name).decomposedStringWithCanonicalMapping.unicodeScalars
      .filter { !(0x300...0x36F).contains($0.value) }
    return String(String.UnicodeScalarView(scalars)).precomposedStringWithCanonicalMapping
  }

  /// The keys of a name with its words in each order that keeps them in a circle: family names
  /// come first in some lists and last in others.
  static func all(of name: String) -> Set<String> {
    let words = FileNames.words(visible(name).precomposedStringWithCompatibilityMapping)
    guard !words.isEmpty, words.count < 8 else {
      return Set([exact(name)].filter { !$0.isEmpty })
    }
    var keys: Set<String> = []
    for start in words.indices {
      let turned = (words[start...] + words[..<start]).joined()
      keys.formUnion([exact(turned), plain(turned)])
    }
    return keys
  }

  /// The keys of a name's single words.
  static func words(of name: String) -> Set<String> {
    Set(FileNames.words(visible(name)).flatMap { [exact($0), plain($0)] }.filter { $0.count > 1 })
  }

  /// A letter without case, width and accents.
  static func folded(_ character: Character) -> Character {
    if let ascii = character.asciiValue, !(0x41...0x5A).contains(ascii) { return character }
    let plain = String(character).precomposedStringWithCompatibilityMapping.lowercased()
      .decomposedStringWithCanonicalMapping.unicodeScalars
      .filter { !(0x300...0x36F).contains($0.value) }
    let letters = String(String.UnicodeScalarView(plain)).precomposedStringWithCanonicalMapping
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

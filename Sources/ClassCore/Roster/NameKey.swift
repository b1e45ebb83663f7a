import Foundation

/// A person's name without all that lists write differently.
enum NameKey {
  /// Letters and digits alone, in lower case: `Doe, Jane` is `doejane`.
  static func exact(_ name: some StringProtocol) -> String {
    String(name).precomposedStringWithCompatibilityMapping.lowercased()
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
    let words = FileNames.words(name.precomposedStringWithCompatibilityMapping)
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
}

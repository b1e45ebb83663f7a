import Foundation

/// The school's number of a student, in the one form that lists are joined on.
package enum StudentNumber {
  /// The number without hyphens and spaces, in half-width capitals; digits alone are filled up with
  /// zeros to eight, which spreadsheets drop.
  package static func normalized(_ text: some StringProtocol) -> String {
    var plain = NameKey.visible(text).precomposedStringWithCompatibilityMapping.uppercased()
    if plain.hasSuffix(".0"), plain.dropLast(2).isDigits { plain.removeLast(2) }
    plain.removeAll { "-‐‑‒–—−ー".contains($0) || $0.isWhitespace || $0 == "'" }
    guard plain.isDigits, plain.count < 8 else { return plain }
    return String(repeating: "0", count: 8 - plain.count) + plain
  }

  /// The same; nil if nothing is left, as of the hyphen by which lists say that there is none.
  static func known(_ text: String) -> String? {
    let number = normalized(text)
    return number.isEmpty ? nil : number
  }

  /// Tells whether a text looks like such a number: six to ten digits, hyphens and at most two
  /// letters.
  static func isLikely(_ text: some StringProtocol) -> Bool {
    let characters = text.filter { $0 != "-" }
    let digits = characters.count { $0.isASCII && $0.isNumber }
    guard characters.count == text.count || text.first != "-", (6...10).contains(digits) else {
      return false
    }
    return characters.count - digits <= 2
      && characters.allSatisfy { $0.isASCII && ($0.isNumber || $0.isLetter) }
  }

  /// The first part of a name that looks like a number, such as `03-240396` in `hw1_03-240396`.
  static func first(in name: some StringProtocol) -> Substring? {
    Substring(name).split { !($0 == "-" || $0.isLetter || $0.isNumber) }
      .first { isLikely($0) && $0.first != "-" && $0.last != "-" }
  }
}

import Foundation

/// The school's number of a student, in the one form that lists are joined on.
package enum StudentNumber {
  /// The number without hyphens and spaces, in half-width capitals; digits alone are filled up with
  /// zeros to eight, which spreadsheets drop.
  package static func normalized(_ text: some StringProtocol) -> String {
    var plain = NameKey.visible(text).precomposedStringWithCompatibilityMapping.uppercased()
    plain = withoutFormat(plain)
    plain.removeAll { "-‐‑‒–—−ー".contains($0) || $0.isWhitespace || $0 == "'" }
    guard plain.isDigits, plain.count < 8 else { return plain }
    return String(repeating: "0", count: 8 - plain.count) + plain
  }

  /// A number without what spreadsheets make of it: a fraction of zero, separators of thousands.
  private static func withoutFormat(_ text: String) -> String {
    if let whole = text.wholeMatch(of: /([0-9]+)[.,]0+/) { return String(whole.output.1) }
    let grouped = text.wholeMatch(of: /[0-9]{1,3}(?<mark>[., '’])[0-9]{3}(?:\k<mark>[0-9]{3})+/)
    return grouped == nil ? text : text.filter(\.isDigit)
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

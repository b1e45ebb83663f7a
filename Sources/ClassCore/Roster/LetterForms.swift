/// Letters that lists write in several ways, and that are no letters with accents.
enum LetterForms {
  /// A text in lower case with the form of each letter that most lists have.
  static func plain(_ text: String) -> String { replacing(text, usual) }

  /// A text in lower case with letters written out that some languages write so without accents.
  static func writtenOut(_ text: String) -> String { replacing(text, out) }

  private static func replacing(_ text: String, _ forms: [Character: String]) -> String {
    guard text.contains(where: { forms[$0] != nil }) else { return text }
    return text.reduce(into: "") { $0 += forms[$1] ?? String($1) }
  }

  private static let out: [Character: String] = [
    "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe",
  ]

  private static let usual: [Character: String] = {
    var forms: [Character: String] = [
      "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h",
      "ı": "i", "ŋ": "n", "ς": "σ",
    ]
    // The kanji of names in the form of the registers, and in that of most keyboards.
    let kanji = "髙高﨑崎邊辺邉辺齋斎齊斉澤沢廣広濱浜濵浜眞真惠恵國国藏蔵櫻桜德徳嶋島嶌島"
    var rest = Substring(kanji)
    while let form = rest.popFirst(), let other = rest.popFirst() { forms[form] = String(other) }
    return forms
  }()
}

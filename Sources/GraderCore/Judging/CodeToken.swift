/// A word, number or sign of code, or of a sentence about it.
struct CodeToken: Hashable, Sendable {
  /// The kinds of tokens.
  enum Kind: Sendable { case name, number, sign }

  let kind: Kind
  /// The text by which tokens are alike.
  let key: String
  /// The text as it is written.
  private let text: Substring

  static func == (left: CodeToken, right: CodeToken) -> Bool { left.key == right.key }

  func hash(into hasher: inout Hasher) { hasher.combine(key) }

  private init(_ kind: Kind, _ text: Substring) {
    self.kind = kind
    self.text = text
    key = kind == .sign ? Self.signs[text] ?? String(text) : text.lowercased()
  }

  /// Signs of formulas as code writes them.
  private static let signs: [Substring: String] = ["−": "-", "·": "*", "×": "*", "÷": "/"]

  /// The tokens of a text.
  static func all(in text: String) -> [CodeToken] {
    var tokens: [CodeToken] = []
    var rest = text[...]
    while let first = rest.first {
      let token: CodeToken
      if first.isDecimalDigit {
        token = CodeToken(.number, number(at: rest))
      } else if first.isLetter || first == "_" {
        token = CodeToken(.name, rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
      } else {
        token = CodeToken(.sign, rest.prefix(1))
      }
      rest = rest[token.text.endIndex...]
      // The backticks of a sentence are not part of its code.
      if !first.isWhitespace, first != "`" { tokens.append(token) }
    }
    return tokens
  }

  private static func number(at text: Substring) -> Substring {
    var end = text.prefix { $0.isDecimalDigit || $0 == "_" }.endIndex
    func take(_ prefix: (Substring) -> Int?) {
      guard let length = prefix(text[end...]) else { return }
      let digits = text[end...].dropFirst(length).prefix { $0.isDecimalDigit }
      if !digits.isEmpty { end = digits.endIndex }
    }
    take { $0.first == "." ? 1 : nil }
    take { rest in
      guard rest.first == "e" || rest.first == "E" else { return nil }
      return rest.dropFirst().first.map { $0 == "-" || $0 == "+" } == true ? 2 : 1
    }
    return text[..<end]
  }

  /// Its value, if it is a number.
  var number: Double? {
    kind == .number ? Double(key.filter { $0 != "_" }) : nil
  }

  /// A name or a number.
  var isOperand: Bool { kind != .sign }

  /// A sign between operands that makes one expression of them, as those of lists do not.
  var isJoin: Bool { kind == .sign && !Self.separators.contains(key) }

  private static let separators: Set<String> = [",", ":", ";", "\"", "'", "’"]

  /// A sign that computes something.
  var isOperator: Bool { kind == .sign && Self.operators.contains(key) }

  private static let operators: Set<String> = [
    "+", "-", "*", "/", "%", "<", ">", "=", "!", "&", "|", "^", "?", "√",
  ]

  /// A name that is no ordinary word.
  var isNameOfCode: Bool {
    guard kind == .name else { return false }
    if text.count == 1 { return key != "a" && key != "i" }
    return text.dropFirst().contains { $0.isUppercase }
      || text.contains { $0.isNumber || $0 == "_" }
  }

  /// Neighbours as they stand in their text.
  static func text(of tokens: ArraySlice<CodeToken>) -> String {
    guard let first = tokens.first, let last = tokens.last else { return "" }
    return String(first.text.base[first.text.startIndex..<last.text.endIndex])
  }

  /// Tokens without the numbers that name a place, as in "equations (5) and (6)" or "step 2".
  static func withoutPlaces(_ tokens: [CodeToken]) -> [CodeToken] {
    var kept: [CodeToken] = []
    // The last token of the name so far; nil outside of one.
    var last: CodeToken?
    for token in tokens {
      if places.contains(token.key) {
        last = token
      } else if last != nil, token.kind == .number || brackets.contains(token.key) {
        last = token
      } else if let before = last, joiners.contains(token.key) {
        last = before.kind == .number || before.key == ")" ? token : nil
      } else {
        last = nil
      }
      if last?.kind != .number { kept.append(token) }
    }
    return kept
  }

  private static let brackets: Set<String> = ["(", ")"]
  private static let joiners: Set<String> = [",", "and", "or", "to"]
  private static let places: Set<String> = Set(
    [
      "equation", "step", "part", "slide", "section", "table", "figure", "algorithm", "line",
      "page",
    ]
    .flatMap { [$0, $0 + "s"] }
  )
}

extension Character {
  fileprivate var isDecimalDigit: Bool { isASCII && isNumber }
}

/// A number as a sentence or a formula gives it: "0.5", "1/2", "half".
struct Quantity {
  /// The number that it amounts to.
  let value: Double
  /// The numbers that it is written with, and what it amounts to.
  let values: Set<Double>
  /// Tells whether it is written in digits.
  let isInDigits: Bool

  /// Those numbers if they are written in digits.
  var digits: Set<Double> { isInDigits ? values : [] }

  /// The quantity that these tokens are.
  init(_ tokens: ArraySlice<CodeToken>) {
    let numbers = tokens.compactMap(\.number)
    isInDigits = !numbers.isEmpty
    if numbers.count == 2, numbers[1] != 0 {
      value = numbers[0] / numbers[1]
    } else {
      value = numbers.first ?? tokens.first.flatMap { Self.words[$0.key] } ?? .nan
    }
    values = Set(numbers + [value])
  }

  /// The values of all quantities of a text.
  static func all(in tokens: [CodeToken]) -> Set<Double> {
    Set(ranges(in: tokens).flatMap { Quantity(tokens[$0]).values })
  }

  /// The places of quantities among tokens; those two that a slash joins are one.
  static func ranges(in tokens: [CodeToken]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    while start < tokens.count {
      let end =
        isFraction(tokens[start...].prefix(3))
        ? start + 3
        : tokens[start].number != nil || words[tokens[start].key] != nil ? start + 1 : nil
      if let end { found.append(start..<end) }
      start = end ?? start + 1
    }
    return found
  }

  private static func isFraction(_ tokens: ArraySlice<CodeToken>) -> Bool {
    tokens.count == 3 && tokens.first?.number != nil && tokens.last?.number != nil
      && tokens[tokens.startIndex + 1].key == "/"
  }

  /// Words that are numbers; "one" and "zero" are too ordinary for it.
  private static let words: [String: Double] = [
    "half": 0.5, "halves": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "twice": 2,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
  ]
}

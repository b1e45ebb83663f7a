/// Reads what people and systems add to names, mark by mark.
///
/// Browsers count in brackets, Finder writes `copy 2`, Windows ` - Copy (2)` and ` - コピー`, desktops
/// of Linux `(another copy)`, drives in the web `Copy of`, learning systems `-1`, people `_v2`;
/// editors of plain text add `.txt`.
package struct NameMarks {
  private var rest: Substring
  private let stem: String
  /// The copies that are counted before the name.
  private(set) var leadingCopies: [Int] = []

  private static let separators: Set<Character> = [" ", "_", "-", "+", "."]
  private static let words = [
    "copy", "コピー", "kopie", "copie", "copia", "cópia", "副本", "复制", "拷贝", "複製", "拷貝", "복사본", "사본",
  ]
  /// A longer number is no count; nine digits are a date, or a student's number.
  private static let longestNumber = 9

  init(folded name: String, of listed: ListedName) {
    (rest, stem) = (name[...], listed.stem)
  }

  private init(marks: Substring) { (rest, stem) = (marks, "") }

  /// Without upper case, and with letters of full width as those of half width.
  static func folded(_ name: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      switch scalar.value {
      case 0x3000: scalars.append(" ")
      case 0xFF01...0xFF5E: scalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      default: scalars.append(scalar)
      }
    }
    return String(scalars).lowercased()
  }

  /// The name before the last mark of a copy at its end, and the copy's number; nil without a mark.
  package static func lastCopy(of name: some StringProtocol) -> (name: String, copy: Int)? {
    let folded = folded(String(name))
    // The same place in both: folding may change the number of characters of very odd names.
    guard folded.count == name.count else { return nil }
    for length in 1..<max(1, name.count) {
      var marks = NameMarks(marks: folded.dropFirst(length))
      if let copy = marks.takeCopy(), marks.isAtEnd { return (String(name.prefix(length)), copy) }
    }
    return nil
  }

  /// Tells whether a name has this ending, whatever was added behind it.
  package static func ends(_ name: some StringProtocol, with ending: String) -> Bool {
    let folded = folded(String(name))
    return folded.ranges(of: ending).contains { range in
      var marks = NameMarks(marks: folded[range.upperBound...])
      while !marks.isAtEnd {
        guard marks.take(ending) || marks.takeCopy() != nil || marks.takeSpare() else {
          return false
        }
      }
      return true
    }
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// Takes the listed name's own beginning, and a `Copy of` in front of it.
  mutating func takeFront() -> Bool {
    rest = rest.drop { $0 == " " }
    if rest.hasPrefix(stem) { return take(stem) }
    guard take("copy"), takeSeparators(), take("of"), takeSeparators(), take(stem) else {
      return false
    }
    leadingCopies = [1]
    return true
  }

  /// Takes a text that is next.
  mutating func take(_ text: String) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  /// Takes an ending that says no more, or a blank.
  mutating func takeSpare() -> Bool { take(".txt") || take(".text") || take(" ") }

  /// Takes the mark of a copy.
  ///
  /// - Returns: The copy's number, 1 if it has none; nil, and nothing is taken, if it is no mark.
  mutating func takeCopy() -> Int? {
    let start = rest
    let isApart = takeSeparators()
    if take("(") {
      _ = takeBlanks()
      if let copy = takeCount(), takeBlanks(), take(")") { return copy }
    } else if isApart, let copy = takeCount() {
      return copy
    } else if let copy = takeVersion() ?? takeJapaneseWord() {
      return copy
    }
    rest = start
    return nil
  }

  /// A word for a copy with or without a number, or the number alone.
  private mutating func takeCount() -> Int? {
    if take("another copy") { return 2 }
    if let version = takeVersion() { return version }
    let start = rest
    if let number = takeNumber() {
      let ordinal = rest
      if ["st copy", "nd copy", "rd copy", "th copy"].contains(where: { take($0) }) {
        return number
      }
      rest = ordinal
      return number
    }
    rest = start
    return Self.words.contains { take($0) } ? takeNumberOfWord() : nil
  }

  private mutating func takeVersion() -> Int? {
    let start = rest
    for word in ["version", "ver", "v"] where take(word) {
      _ = take(".") || takeBlanks()
      if let number = takeNumber() { return number }
      rest = start
    }
    return nil
  }

  /// Japanese joins the word to the name.
  private mutating func takeJapaneseWord() -> Int? {
    let start = rest
    _ = takeBlanks()
    if take("のコピー") || take("コピー") { return takeNumberOfWord() }
    rest = start
    return nil
  }

  /// The number behind a word, bare or in brackets; 1 if there is none.
  private mutating func takeNumberOfWord() -> Int {
    let start = rest
    _ = takeSeparators()
    if take("(") {
      if let number = takeNumber(), take(")") { return number }
    } else if let number = takeNumber() {
      return number
    }
    rest = start
    return 1
  }

  private mutating func takeNumber() -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard (1...Self.longestNumber).contains(digits.count), let number = Int(digits) else {
      return nil
    }
    rest = rest.dropFirst(digits.count)
    return number
  }

  private mutating func takeSeparators() -> Bool {
    let all = rest
    rest = rest.drop { Self.separators.contains($0) }
    return rest.startIndex != all.startIndex
  }

  private mutating func takeBlanks() -> Bool {
    rest = rest.drop { $0 == " " }
    return true
  }
}

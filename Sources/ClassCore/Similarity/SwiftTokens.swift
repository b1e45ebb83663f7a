/// The tokens of Swift text, with what a copier changes left out.
///
/// Comments and layout are gone; every name is the same name, unless it stands after a dot, where
/// it says which operation is meant; every figure and every text is the same. The lexical rules
/// are Swift's: comments nest, strings interpolate, `#` makes raw strings, `"""` long ones; a test
/// holds them against the compiler's own parser. A literal that does not end is ended by its line,
/// so that broken code is compared as well.
package struct SwiftTokens: Sendable {
  /// One token.
  package struct Token: Equatable, Sendable {
    /// The value by which it is compared.
    package var value: UInt64
    /// Its line, from 1.
    package var line: Int
  }

  /// The tokens in order.
  package private(set) var tokens: [Token] = []

  private let bytes: [UInt8]
  private var place = 0
  private var line = 1
  private var isAfterDot = false

  /// The tokens of a file.
  package init(_ text: String) {
    bytes = Array(text.utf8)
    while place < bytes.count { step() }
  }

  private static let keywords: Set<String> = [
    "as", "break", "case", "catch", "class", "continue", "default", "defer", "do", "else", "enum",
    "extension", "fallthrough", "false", "for", "func", "guard", "if", "import", "in", "init",
    "inout", "is", "let", "nil", "private", "protocol", "public", "repeat", "return", "self",
    "static", "struct", "subscript", "switch", "throw", "throws", "true", "try", "typealias", "var",
    "where", "while",
  ]

  private func byte(_ offset: Int = 0) -> UInt8 {
    place + offset < bytes.count ? bytes[place + offset] : 0
  }

  private mutating func step() {
    switch byte() {
    case UInt8(ascii: "\n"):
      line += 1
      place += 1
    case 0...32: place += 1
    case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"): skipLine()
    case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"): skipBlock()
    case UInt8(ascii: "/") where startsRegex: regex(fences: 0)
    case UInt8(ascii: "\""), UInt8(ascii: "#"): literalOrSign()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
    case UInt8(ascii: "`"): quotedName()
    case let first where Self.isName(first): name()
    default: sign()
    }
  }

  private mutating func emit(_ text: some Sequence<UInt8>, line: Int) {
    // FNV-1a: good enough where a collision costs a wrong hint at most.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    tokens.append(Token(value: hash, line: line))
    isAfterDot = false
  }

  // MARK: Names, figures, signs

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 128...255:
      true
    default: false
    }
  }

  private mutating func name() {
    let start = place
    while place < bytes.count, Self.isName(bytes[place]) { place += 1 }
    let text = bytes[start..<place]
    let isKept = isAfterDot || Self.keywords.contains(String(decoding: text, as: UTF8.self))
    emit(isKept ? Array(text) : [UInt8(ascii: "i")], line: line)
  }

  /// A name between backquotes is a name, even if it is spelt like a keyword.
  private mutating func quotedName() {
    place += 1
    let start = place
    while place < bytes.count, Self.isName(bytes[place]) { place += 1 }
    emit(isAfterDot ? Array(bytes[start..<place]) : [UInt8(ascii: "i")], line: line)
    if byte() == UInt8(ascii: "`") { place += 1 }
  }

  private mutating func number() {
    let isHex = byte() == UInt8(ascii: "0") && byte(1) | 32 == UInt8(ascii: "x")
    // In `pair.0.1` stand two numbers, in `0...0.1` as well, but the second is a fraction.
    let mayHaveFraction = !isAfterDot || (place > 1 && bytes[place - 2] == UInt8(ascii: "."))
    while place < bytes.count {
      let isFraction =
        mayHaveFraction && byte() == UInt8(ascii: ".")
        && (isHex ? hexFractionFollows : (48...57).contains(byte(1)))
      let isSignOfPower =
        (byte() == UInt8(ascii: "-") || byte() == UInt8(ascii: "+"))
        && (bytes[place - 1] | 32 == UInt8(ascii: "e")
          || bytes[place - 1] | 32 == UInt8(ascii: "p"))
        && (48...57).contains(byte(1))
      guard Self.isName(byte()) || isFraction || isSignOfPower else { break }
      place += 1
    }
    emit([UInt8(ascii: "0")], line: line)
  }

  /// True if the dot here is that of a hexadecimal fraction, which always has an exponent.
  private var hexFractionFollows: Bool {
    var offset = 1
    while byte(offset) == UInt8(ascii: "_") || Self.isHexDigit(byte(offset)) { offset += 1 }
    return offset > 1 && byte(offset) | 32 == UInt8(ascii: "p")
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...102).contains(byte | 32)
  }

  private mutating func sign() {
    let value = bytes[place]
    place += 1
    emit([value], line: line)
    isAfterDot = value == UInt8(ascii: ".")
  }

  // MARK: Comments

  private mutating func skipLine() {
    while place < bytes.count, byte() != UInt8(ascii: "\n") { place += 1 }
  }

  private mutating func skipBlock() {
    var depth = 0
    repeat {
      if byte() == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
        depth += 1
        place += 2
      } else if byte() == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
        depth -= 1
        place += 2
      } else {
        if byte() == UInt8(ascii: "\n") { line += 1 }
        place += 1
      }
    } while depth > 0 && place < bytes.count
  }

  // MARK: Regular expressions

  /// True if the slash here stands at the beginning of an operand, and another one ends it.
  private var startsRegex: Bool {
    let before = place == 0 ? UInt8(ascii: "\n") : bytes[place - 1]
    guard before <= 32 || Array("([{,;:=!".utf8).contains(before), byte(1) > 32 else {
      return false
    }
    var offset = 1
    while byte(offset) != 0, byte(offset) != UInt8(ascii: "\n") {
      if byte(offset) == UInt8(ascii: "/") { return true }
      offset += byte(offset) == UInt8(ascii: "\\") ? 2 : 1
    }
    return false
  }

  /// From its first slash; with fences it may have several lines.
  private mutating func regex(fences: Int) {
    let end = [UInt8(ascii: "/")] + Array(repeating: UInt8(ascii: "#"), count: fences)
    let start = line
    place += 1
    while place < bytes.count, !startsWith(end) {
      if fences == 0, byte() == UInt8(ascii: "\\") { place += 1 }
      advanceInString()
    }
    place = min(place + end.count, bytes.count)
    emit([UInt8(ascii: "/")], line: start)
  }

  // MARK: Strings

  private mutating func literalOrSign() {
    let start = (place: place, line: line)
    var fences = 0
    while byte() == UInt8(ascii: "#") {
      fences += 1
      place += 1
    }
    if fences > 0, byte() == UInt8(ascii: "/") {
      regex(fences: fences)
      return
    }
    guard byte() == UInt8(ascii: "\"") else {
      // A directive or a macro.
      place = start.place
      sign()
      return
    }
    skipString(fences: fences)
    emit([UInt8(ascii: "\"")], line: start.line)
  }

  private func startsWith(_ text: [UInt8]) -> Bool {
    text.indices.allSatisfy { byte($0) == text[$0] }
  }

  private mutating func skipString(fences: Int) {
    let quote = UInt8(ascii: "\"")
    let isLong = startsWith([quote, quote, quote])
    let fence = Array(repeating: UInt8(ascii: "#"), count: fences)
    let end = Array(repeating: quote, count: isLong ? 3 : 1) + fence
    let escape = [UInt8(ascii: "\\")] + fence
    place += isLong ? 3 : 1
    while place < bytes.count {
      if startsWith(end) {
        place += end.count
        return
      }
      if startsWith(escape) {
        place += escape.count
        if byte() == UInt8(ascii: "(") { skipInterpolation() } else { advanceInString() }
      } else if byte() == UInt8(ascii: "\n"), !isLong {
        return
      } else {
        advanceInString()
      }
    }
  }

  private mutating func advanceInString() {
    if byte() == UInt8(ascii: "\n") { line += 1 }
    place += 1
  }

  /// From its opening parenthesis to behind the closing one; strings within may interpolate too.
  private mutating func skipInterpolation() {
    var depth = 0
    repeat {
      switch byte() {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: "\""):
        skipString(fences: 0)
        continue
      default: break
      }
      advanceInString()
    } while depth > 0 && place < bytes.count
  }
}

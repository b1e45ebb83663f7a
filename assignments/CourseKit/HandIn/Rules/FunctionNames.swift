/// The functions that Swift code declares, as far as words tell.
///
/// Decides only what a file called like a copy is for and where a function stands, and never what
/// is compiled without being told: so comments and texts are left out, and no more is parsed.
struct FunctionNames {
  /// A declaration.
  struct Declaration {
    let name: String
    /// The line of the name, from 1.
    let line: Int
    /// The number of braces that it stands in: none for a function of the module's own.
    let depth: Int
    /// The code from the name on, as far as parameters may go, in one line.
    let signature: String
  }

  /// All of them, in the order of the file.
  let declarations: [Declaration]

  var all: Set<String> { Set(declarations.map(\.name)) }

  /// More than the parameters of any function take, in bytes.
  private static let longestSignature = 1_000

  init(_ source: [UInt8]) {
    var scanner = CodeScanner(source)
    let code = scanner.code()
    var declarations: [Declaration] = []
    var (line, depth, isBehindKeyword, place) = (1, 0, false, 0)
    while place < code.count {
      if code[place].isWord {
        let end = code[place...].firstIndex { !$0.isWord } ?? code.count
        let word = String(decoding: code[place..<end], as: UTF8.self)
        if isBehindKeyword {
          let text = code[place...].prefix(Self.longestSignature).map { $0 < 0x20 ? 0x20 : $0 }
          declarations.append(
            Declaration(
              name: word,
              line: line,
              depth: depth,
              signature: String(decoding: text, as: UTF8.self)
            )
          )
        }
        isBehindKeyword = word == "func"
        place = end
        continue
      }
      switch code[place] {
      case UInt8(ascii: "\n"): line += 1
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: "`"): break
      // An operator's name is no word.
      case 0x21...: isBehindKeyword = false
      default: break
      }
      place += 1
    }
    self.declarations = declarations
  }
}

/// Tells code from comments and texts.
private struct CodeScanner {
  private let source: [UInt8]
  private var place = 0
  private var kept: [UInt8] = []

  init(_ source: [UInt8]) {
    self.source = source
    // A mark of the byte order is part of no name.
    if source.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  /// The code with blanks in the place of comments and texts, on the same lines.
  mutating func code() -> [UInt8] {
    while place < source.count {
      if has("//") {
        while place < source.count, !isNewline { skip() }
      } else if has("/*") {
        skipComment()
      } else if source[place] == UInt8(ascii: "\"") || source[place] == UInt8(ascii: "#") {
        skipText()
      } else {
        keep()
      }
    }
    return kept
  }

  private var isNewline: Bool {
    source[place] == UInt8(ascii: "\n") || source[place] == UInt8(ascii: "\r")
  }

  private func has(_ text: String) -> Bool { source[place...].starts(with: text.utf8) }

  /// Keeps a byte; a line's end is one byte, whatever the system writes.
  private mutating func keep() {
    if has("\r\n") { place += 1 }
    kept.append(isNewline ? UInt8(ascii: "\n") : source[place])
    place += 1
  }

  private mutating func skip(_ count: Int = 1) {
    for _ in 0..<count where place < source.count {
      if isNewline {
        keep()
      } else {
        kept.append(UInt8(ascii: " "))
        place += 1
      }
    }
  }

  /// Passes over a comment, and those within it.
  private mutating func skipComment() {
    var depth = 0
    repeat {
      let (begins, ends) = (has("/*"), has("*/"))
      if begins { depth += 1 }
      if ends { depth -= 1 }
      skip(begins || ends ? 2 : 1)
    } while depth > 0 && place < source.count
  }

  /// Passes over a text of one line or several, or keeps signs that begin none.
  private mutating func skipText() {
    let count = source[place...].prefix { $0 == UInt8(ascii: "#") }.count
    let marks = String(repeating: "#", count: count)
    guard source[(place + count)...].first == UInt8(ascii: "\"") else {
      for _ in 0..<max(1, count) { keep() }
      return
    }
    let isLong = source[(place + count)...].starts(with: "\"\"\"".utf8)
    let quote = isLong ? "\"\"\"" : "\""
    skip(count + quote.utf8.count)
    while place < source.count, !has(quote + marks) {
      // A text that is never closed ends with its line.
      if !isLong, isNewline { return }
      skip(has("\\" + marks) ? count + 2 : 1)
    }
    skip(quote.utf8.count + count)
  }
}

extension UInt8 {
  /// True if it can be part of a name; of letters beyond ASCII all are taken to be.
  fileprivate var isWord: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: true
    default: false
    }
  }
}

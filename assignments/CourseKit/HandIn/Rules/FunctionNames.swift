/// The names of the functions that Swift code declares, as far as words tell.
///
/// Decides only what a file called like a copy is for, and never what is compiled without being
/// told: so words in comments are left out, and no more is parsed.
struct FunctionNames {
  /// The line, from 1, on which each is declared first.
  let lines: [Substring: Int]

  var all: Set<Substring> { Set(lines.keys) }

  init(_ source: [UInt8]) {
    var lines: [Substring: Int] = [:]
    let text = String(decoding: source, as: UTF8.self)
    let all = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in all.enumerated() where line.contains("func") {
      let words = Self.code(in: line).split { !($0.isLetter || $0.isNumber || $0 == "_") }
      for (word, name) in zip(words, words.dropFirst()) where word == "func" {
        lines[name] = lines[name] ?? index + 1
      }
    }
    self.lines = lines
  }

  /// The line up to a comment.
  private static func code(in line: Substring) -> Substring {
    line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
  }
}

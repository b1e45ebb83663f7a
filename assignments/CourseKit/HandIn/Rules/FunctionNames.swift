/// The names of the functions that Swift code declares, as far as words tell.
///
/// Decides only what a file called like a copy is for, and never what is compiled without being
/// told: so words in comments are left out, and no more is parsed.
struct FunctionNames {
  let all: Set<Substring>

  init(_ source: [UInt8]) {
    var functions: Set<Substring> = []
    let text = String(decoding: source, as: UTF8.self)
    for line in text.split(whereSeparator: \.isNewline) {
      let words = Self.code(in: line).split { !($0.isLetter || $0.isNumber || $0 == "_") }
      for (word, name) in zip(words, words.dropFirst()) where word == "func" {
        functions.insert(name)
      }
    }
    all = functions
  }

  /// The line up to a comment.
  private static func code(in line: Substring) -> Substring {
    line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
  }
}

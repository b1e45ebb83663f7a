/// A linker's errors in words of ours: its own name files of the grader's.
package struct LinkerWords: Equatable, Sendable {
  /// One error a line.
  package let text: String

  /// The errors in a linker's output.
  ///
  /// Symbols are named where the student's own code names them.
  package init(output: [UInt8], sources: [String]) {
    let own = Set(sources.flatMap(Self.words))
    var lines: [String] = []
    for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
      guard let sentence = Self.sentence(line, own: own), !lines.contains(sentence) else {
        continue
      }
      lines.append(sentence)
    }
    if lines.isEmpty { lines = ["error: the program cannot be linked"] }
    text = lines.prefix(20).joined(separator: "\n")
  }

  private static let phrases = [
    ("duplicate symbol: ", "is defined twice in the program"),
    ("undefined symbol: ", "is declared, and defined nowhere"),
  ]

  private static func sentence(_ line: Substring, own: Set<Substring>) -> String? {
    for (mark, phrase) in phrases {
      guard let start = line.firstRange(of: "error: \(mark)")?.upperBound else { continue }
      let symbol = line[start...]
      return "error: \(own.contains(symbol) ? "`\(symbol)`" : "a name") \(phrase)"
    }
    return nil
  }

  private static func words(_ source: String) -> [Substring] {
    source.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) && $0 != "_" && $0 != "$" }
  }
}

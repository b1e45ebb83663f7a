extension SourceTree {
  /// Summaries of documentation that begin with a question, where they are more than 1 in 200.
  ///
  /// "The result of a search." names the thing; "What a search came to." is a riddle.
  var riddles: [String] {
    let folders = ["Sources/", "assignments/", "reference/"]
    let summaries = folders.flatMap { swiftFiles(below: $0) }.flatMap { path, text in
      Summaries.all(in: text).map { (place: "\(path):\($0.line)", text: $0.text) }
    }
    let riddles = summaries.filter { Summaries.asks($0.text) }
    guard 200 * riddles.count > summaries.count else { return [] }
    return riddles.map { "\($0.place) begins with a question: \($0.text)" }
  }
}

/// The first lines of the documentation in Swift code.
enum Summaries {
  private static let questions: Set<Substring> = [
    "What", "Whether", "How", "Who", "Whose", "Which", "Where", "When", "Why",
  ]

  static func all(in text: String) -> [(line: Int, text: Substring)] {
    var found: [(line: Int, text: Substring)] = []
    var isInside = false
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let words = Substring(line.drop { $0 == UInt8(ascii: " ") })
      let isDocumentation = words.utf8.starts(with: "///".utf8)
      if isDocumentation, !isInside { found.append((index + 1, words.dropFirst(4))) }
      isInside = isDocumentation
    }
    return found
  }

  static func asks(_ summary: Substring) -> Bool {
    questions.contains(summary.prefix { $0.isLetter })
  }
}

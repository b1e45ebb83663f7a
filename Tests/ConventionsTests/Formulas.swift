extension SourceTree {
  /// Formulas keep their backslashes: GitHub reads `$...$` as Markdown first, where a backslash
  /// before punctuation disappears, and `\,` becomes a comma.
  var escapesInFormulas: [String] {
    files.filter { $0.key.hasSuffix(".md") }.sorted { $0.key < $1.key }.flatMap { path, text in
      Formulas.escapes(in: text).map { "\(path):\($0.line) has \($0.escape) in a formula" }
    }
  }
}

/// The formulas of a Markdown text, as far as its own punctuation goes.
enum Formulas {
  private static let punctuation = Set("!\"#%&'()*+,-./:;<=>?@[\\]^_`{|}~")

  /// Escapes between dollar signs, outside code, with the line each stands on.
  static func escapes(in text: String) -> [(line: Int, escape: String)] {
    var found: [(line: Int, escape: String)] = []
    var (isFormula, isFence) = (false, false)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line.hasPrefix("```") { isFence.toggle() }
      // A formula ends with its paragraph, whatever is in it.
      if isFence || line.isEmpty { isFormula = false }
      guard !isFence else { continue }
      found += escapes(inLine: line, isFormula: &isFormula).map { (index + 1, $0) }
    }
    return found
  }

  private static func escapes(inLine line: Substring, isFormula: inout Bool) -> [String] {
    var found: [String] = []
    var isCode = false
    var rest = line
    while let character = rest.popFirst() {
      if character == "`", !isFormula { isCode.toggle() }
      guard !isCode else { continue }
      if character == "$" {
        if rest.first == "$" { rest.removeFirst() }
        isFormula.toggle()
      } else if character == "\\", let next = rest.first, Self.punctuation.contains(next) {
        rest.removeFirst()
        if isFormula { found.append("\\\(next)") }
      }
    }
    return found
  }
}

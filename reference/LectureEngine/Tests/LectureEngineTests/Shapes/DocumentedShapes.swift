/// The shapes in the `Shapes:` paragraph of a layer's doc comment.
///
/// It reads the way the paragraphs are written: names and shapes in backquotes, `x` or "the input",
/// parameters, "the output is" or "has the shape of `x`", "with" a definition, "likewise" for the
/// other axis of an image. What it does not understand it leaves out, and a test then misses it.
struct DocumentedShapes {
  /// The axes of everything that has a shape, by name; several, where the paragraph says "or".
  private(set) var axes: [String: [[String]]] = [:]
  /// The sizes that are worked out from others, such as `h'`.
  private(set) var definitions: [String: String] = [:]

  private var names: [String] = []
  private var words = ""
  private var lastNames: [String] = []

  init(_ paragraph: String) {
    for (index, part) in paragraph.split(separator: "`", omittingEmptySubsequences: false)
      .enumerated()
    {
      if index.isMultiple(of: 2) { readText(String(part)) } else { readCode(String(part)) }
    }
  }

  /// The paragraph's shape of that name, with sizes put in, and `rest` in place of the dots.
  func shape(
    _ name: String,
    alternative: Int = 0,
    with values: [String: Int],
    rest: [Int]
  ) throws -> [Int] {
    guard let alternatives = axes[name], let first = alternatives.first else {
      throw SizeExpression.Failure(description: "the paragraph gives no shape for \(name)")
    }
    let axes = alternative < alternatives.count ? alternatives[alternative] : first
    var values = values
    for (name, expression) in definitions {
      values[name] = try SizeExpression.value(of: expression, with: values)
    }
    return try axes.flatMap {
      $0 == "..." ? rest : [try SizeExpression.value(of: $0, with: values)]
    }
  }

  private mutating func readText(_ text: String) {
    if text.hasPrefix(" likewise"), let other = names.popLast() { defineLikewise(other) }
    if text.contains(";") || text.contains(". ") || text.contains(" with") { names = [] }
    words += text
  }

  private mutating func readCode(_ code: String) {
    if code.hasPrefix("[") {
      addShape(code)
    } else if let equals = code.firstRange(of: " = ") {
      definitions[String(code[..<equals.lowerBound])] = String(code[equals.upperBound...])
    } else if words.hasSuffix("output has the shape of ") {
      axes["output"] = axes[code]
      words = ""
    } else {
      names.append(code)
    }
  }

  private mutating func addShape(_ code: String) {
    if names.isEmpty {
      if words.contains("output") {
        names = ["output"]
      } else if words.contains("input") {
        names = ["x"]
      } else if words.hasSuffix("or ") {
        names = lastNames
      }
    }
    let shape = code.dropFirst().dropLast().split(separator: ",").map {
      $0.trimmingPrefix(while: \.isWhitespace)
    }
    for name in names { axes[name, default: []].append(shape.map(String.init)) }
    (lastNames, names, words) = (names, [], "")
  }

  /// `w'` as `h'`, with `w` for `h` and `kw` for `kh`.
  private mutating func defineLikewise(_ name: String) {
    guard name == "w'", let height = definitions["h'"] else { return }
    var (width, word) = ("", "")
    for character in height + " " {
      if character.isLetter {
        word.append(character)
      } else {
        width += ["h": "w", "kh": "kw"][word] ?? word
        width.append(character)
        word = ""
      }
    }
    definitions[name] = width
  }
}

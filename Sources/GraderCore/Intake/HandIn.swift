/// The files that an assignment collects: the parsed `handin.txt`, one list for packing and for
/// intake.
///
/// One entry per line: `required PATH`, or `pattern PATTERN`; `#` starts a comment line.
package struct HandIn: Equatable, Sendable {
  /// Files that are asked for by name, in the order of the list.
  package let required: [RelativePath]
  /// Files that are welcome beside them.
  package let patterns: [PathPattern]
  /// The required paths by their lower-case spelling.
  private let requiredByLowercase: [String: RelativePath]

  package init(required: [RelativePath], patterns: [PathPattern]) {
    self.required = required
    self.patterns = patterns
    requiredByLowercase = Dictionary(
      required.map { ($0.string.lowercased(), $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Reads the text of a `handin.txt`.
  package init(parsing text: String) throws(HandInError) {
    var required: [RelativePath] = []
    var patterns: [PathPattern] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      switch try Self.rule(in: line, number: index + 1) {
      case nil: continue
      case .required(let path) where required.contains(path):
        throw HandInError(line: index + 1, fact: .repeated(path.string))
      case .required(let path): required.append(path)
      case .pattern(let pattern) where patterns.contains(pattern):
        throw HandInError(line: index + 1, fact: .repeated(pattern.string))
      case .pattern(let pattern): patterns.append(pattern)
      }
    }
    guard !required.isEmpty else { throw HandInError(line: lines.count, fact: .nothingRequired) }
    self.init(required: required, patterns: patterns)
  }

  /// Tells whether the file at this path is collected.
  package func lists(_ path: RelativePath) -> Bool {
    required.contains(path) || patterns.contains { $0.matches(path) }
  }

  /// The required file that this path names if upper and lower case are not told apart.
  func requiredFile(like path: RelativePath) -> RelativePath? {
    requiredByLowercase[path.string.lowercased()]
  }

  private enum Rule {
    case required(RelativePath)
    case pattern(PathPattern)
  }

  private static func rule(
    in line: Substring,
    number: Int
  ) throws(HandInError) -> Rule? {
    let words = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
    guard let keyword = words.first, !keyword.hasPrefix("#") else { return nil }
    guard keyword == "required" || keyword == "pattern" else {
      throw HandInError(line: number, fact: .unknownKeyword(String(keyword)))
    }
    let argument = words.count < 2 ? "" : String(words[1].trimmed)
    guard !argument.isEmpty else {
      throw HandInError(line: number, fact: .pathMissing(String(keyword)))
    }
    if keyword == "pattern" {
      guard let pattern = PathPattern(argument) else {
        throw HandInError(line: number, fact: .badPattern(argument))
      }
      return .pattern(pattern)
    }
    guard !argument.contains("*"), let path = RelativePath(argument) else {
      throw HandInError(line: number, fact: .badPath(argument))
    }
    return .required(path)
  }
}

/// A fault in a `handin.txt`; a mistake of the assignment's author.
package struct HandInError: Error, Equatable {
  /// Counted from 1.
  package let line: Int
  package let fact: Fact

  package enum Fact: Equatable, Sendable {
    case unknownKeyword(String)
    case pathMissing(String)
    case badPath(String)
    case badPattern(String)
    case repeated(String)
    case nothingRequired
  }
}

extension HandInError: CustomStringConvertible {
  package var description: String { "handin.txt:\(line): \(sentence)" }

  private var sentence: String {
    switch fact {
    case .unknownKeyword(let word):
      "`\(word)` is not known; a line begins with `required`, `pattern` or `#`"
    case .pathMissing(let keyword):
      "`\(keyword)` needs a path after it"
    case .badPath(let path):
      "`\(path)` is not a path inside the assignment; write one without `..`, `*` or a leading `/`"
    case .badPattern(let pattern):
      "`\(pattern)` is not a pattern; write a path inside the assignment with `*` or `**` in it"
    case .repeated(let path):
      "`\(path)` is listed twice; remove one of the lines"
    case .nothingRequired:
      "no file is required; add at least one `required` line"
    }
  }
}

extension Substring {
  /// Without the white space at both ends.
  var trimmed: Substring {
    let front = drop(while: \.isWhitespace)
    guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return front.prefix(0) }
    return front[...last]
  }
}

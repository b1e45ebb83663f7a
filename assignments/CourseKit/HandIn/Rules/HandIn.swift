/// The files that an assignment collects: the parsed `handin.txt`, one list for packing and for
/// intake.
///
/// One entry per line: `required PATH`, or `pattern PATTERN`; `#` starts a comment line.
package struct HandIn: Equatable, Sendable {
  /// Files that are asked for by name, in the order of the list.
  package let required: [RelativePath]
  /// Files that are welcome beside them.
  package let patterns: [PathPattern]
  /// The names of the required files, in the same order.
  private let names: [ListedName]

  /// The most files that are kept, and the most bytes of each.
  package static let (maximumFiles, maximumFileBytes) = (64, 1 << 20)
  /// Bytes that an archive may unpack to for each of its own, once they are more than the second.
  package static let (maximumRatio, freeBytes) = (200, 16 << 20)

  package init(required: [RelativePath], patterns: [PathPattern]) {
    self.required = required
    self.patterns = patterns
    names = required.map { ListedName($0.name) }
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

  /// The required file of the same folder that this path's name is nearest to, and how near; nil
  /// where it is near none.
  func requiredFile(near path: RelativePath) -> (file: RelativePath, name: NearName)? {
    nearest(to: path.name) { $0.isBeside(path) }
  }

  /// The same in any folder.
  func requiredFile(named name: String) -> (file: RelativePath, name: NearName)? {
    nearest(to: name) { _ in true }
  }

  /// `Layer-2 (1).swift` is nearer to `Layer-2.swift` than to `Layer.swift`, if both are listed.
  private func nearest(
    to name: String,
    where isMeant: (RelativePath) -> Bool
  ) -> (file: RelativePath, name: NearName)? {
    let folded = NameMarks.folded(name)
    var best: (file: RelativePath, name: NearName)?
    for (file, listed) in zip(required, names) {
      guard isMeant(file), let near = NearName(name, folded: folded, of: listed) else { continue }
      let effort = (near.copies.count, near.changes)
      if let known = best, (known.name.copies.count, known.name.changes) <= effort { continue }
      best = (file, near)
    }
    return best
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

extension RelativePath {
  /// Tells whether both are in one folder, if upper and lower case are not told apart.
  fileprivate func isBeside(_ other: RelativePath) -> Bool {
    folder.count == other.folder.count
      && zip(folder, other.folder).allSatisfy { $0.lowercased() == $1.lowercased() }
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

/// A pattern over paths: `*` stands for part of a name, `**` for anything below a folder.
///
/// As in a shell, hidden files are not meant: no pattern matches a name that begins with a dot.
package struct PathPattern: Hashable, Sendable {
  /// The pattern as written.
  package let string: String
  /// The folder in front of the first wildcard.
  package let folder: [String]
  /// The beginning of a matching path; the wildcards and the ending follow.
  private let prefix: String
  private let ending: String
  private let tokens: [Token]

  private enum Token: Hashable, Sendable {
    case literal(Character)
    case name
    case anything
  }

  /// Fails when the pattern has no wildcard, or when its fixed parts are not a safe path.
  package init?(_ string: String) {
    guard string.contains("*"),
      let probe = RelativePath(String(string.map { $0 == "*" ? "x" : $0 }))
    else { return nil }
    self.string = string
    let names = string.split(separator: "/").map(String.init)
    folder = Array(names.prefix(probe.components.count - 1).prefix { !$0.contains("*") })
    prefix = String(string.prefix { $0 != "*" })
    ending = String(string.reversed().prefix { $0 != "*" }.reversed())
    tokens = Self.tokens(of: string.dropFirst(prefix.count).dropLast(ending.count))
  }

  /// The ending of a matching name: `.swift` for `Sources/**.swift`.
  package var suffix: String {
    String(string.reversed().prefix { $0 != "*" && $0 != "/" }.reversed())
  }

  package func matches(_ path: RelativePath) -> Bool {
    guard path.string.hasPrefix(prefix), !path.components.contains(where: { $0.hasPrefix(".") })
    else { return false }
    let rest = path.string.dropFirst(prefix.count)
    guard rest.hasSuffix(ending) else { return false }
    let middle = rest.dropLast(ending.count)
    switch tokens {
    case [.anything]: return true
    case [.name]: return !middle.contains("/")
    default: return matches(Array(middle))
    }
  }

  /// Follows all ways to match at once, so that no pattern costs more than its length squared.
  private func matches(_ path: [Character]) -> Bool {
    // reachable[i]: the tokens so far can have consumed exactly i characters.
    var reachable = [Bool](repeating: false, count: path.count + 1)
    reachable[0] = true
    for token in tokens {
      var next = [Bool](repeating: false, count: path.count + 1)
      for start in 0...path.count where reachable[start] {
        extend(&next, from: start, by: token, in: path)
      }
      reachable = next
    }
    return reachable[path.count]
  }

  private func extend(
    _ next: inout [Bool],
    from start: Int,
    by token: Token,
    in path: [Character]
  ) {
    if case .literal(let character) = token {
      if start < path.count, path[start] == character { next[start + 1] = true }
      return
    }
    var end = start
    next[end] = true
    while end < path.count, !next[end + 1], token == .anything || path[end] != "/" {
      end += 1
      next[end] = true
    }
  }

  private static func tokens(of string: some StringProtocol) -> [Token] {
    var tokens: [Token] = []
    for character in string {
      if character != "*" {
        tokens.append(.literal(character))
      } else if tokens.last == .name {
        tokens[tokens.count - 1] = .anything
      } else if tokens.last != .anything {
        tokens.append(.name)
      }
    }
    return tokens
  }
}

extension PathPattern: CustomStringConvertible {
  package var description: String { string }
}

/// The files that an assignment collects: its `handin.txt`, read as the grader reads it.
///
/// One entry per line: `required PATH`, or `pattern PATTERN`; `#` starts a comment line.
struct HandInList {
  /// Files that are asked for by name, in the order of the list.
  private(set) var required: [String] = []
  /// Files that are welcome beside them.
  private(set) var patterns: [String] = []

  /// The most files, and bytes of each, that the grader keeps.
  static let maximumFiles = 64
  static let maximumFileBytes = 1 << 20

  /// A line that makes no sense; a mistake in the handout.
  struct Failure: Error, CustomStringConvertible {
    let line: Int
    let fact: String

    var description: String { "handin.txt:\(line): \(fact)" }
  }

  init(parsing text: String) throws {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let words = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
      guard let keyword = words.first, !keyword.hasPrefix("#") else { continue }
      do {
        try add(String(keyword), Self.trimmed(words.dropFirst().first ?? ""))
      } catch let fact as Fact {
        throw Failure(line: index + 1, fact: fact.text)
      }
    }
    guard !required.isEmpty else { throw Failure(line: lines.count, fact: "no file is required") }
  }

  private struct Fact: Error {
    let text: String
  }

  private mutating func add(_ keyword: String, _ path: String) throws {
    let isPattern = keyword == "pattern"
    guard isPattern || keyword == "required" else { throw Fact(text: "`\(keyword)` is not known") }
    let fixed = isPattern ? String(path.map { $0 == "*" ? "x" : $0 }) : path
    guard path.contains("*") == isPattern, Self.isSafe(fixed) else {
      throw Fact(text: "`\(path)` is not a \(isPattern ? "pattern" : "path") inside the assignment")
    }
    guard !(isPattern ? patterns : required).contains(path) else {
      throw Fact(text: "`\(path)` is listed twice")
    }
    if isPattern { patterns.append(path) } else { required.append(path) }
  }

  /// Tells whether the file at this path is collected.
  func lists(_ path: String) -> Bool {
    required.contains(path) || patterns.contains { Self.matches(path, pattern: $0) }
  }

  /// Matches a path with a pattern: `*` is part of a name, `**` anything below a folder.
  ///
  /// No pattern matches a name that begins with a dot.
  static func matches(_ path: String, pattern: String) -> Bool {
    guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { return false }
    return matches(path[...], pattern[...])
  }

  private static func matches(_ path: Substring, _ pattern: Substring) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    guard first == "*" else {
      return path.first == first && matches(path.dropFirst(), pattern.dropFirst())
    }
    let rest = pattern.drop { $0 == "*" }
    let crossesFolders = pattern.dropFirst().first == "*"
    var tail = path
    while !matches(tail, rest) {
      guard let next = tail.popFirst(), crossesFolders || next != "/" else { return false }
    }
    return true
  }

  /// Tells whether a path stays inside its folder, and shows all that it is made of.
  static func isSafe(_ path: String) -> Bool {
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    guard path.utf8.count <= 1024, names.count <= 32 else { return false }
    let isDrive = names[0].unicodeScalars.count == 2 && names[0].hasSuffix(":")
    return !isDrive
      && names.allSatisfy { name in
        !name.isEmpty && name != "." && name != ".." && name.utf8.count <= 255
          && name.unicodeScalars.allSatisfy(isVisible)
      }
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F && scalar != "\\" }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: return false
    default: return !scalar.properties.isNoncharacterCodePoint
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    let front = text.drop(while: \.isWhitespace)
    let back = front.reversed().drop(while: \.isWhitespace)
    return String(back.reversed())
  }
}

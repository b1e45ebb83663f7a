/// The students' version of a file of the solution: the same, with the marked regions replaced.
///
/// In Swift a region begins below a line `// solution` and ends with the block that the line stands
/// in; `throw NotImplemented()` takes its place. A `// solution` that is not indented takes away
/// the rest of the file, and with nothing above it the whole file.
///
/// In Markdown the handout's words stand in a comment, where they do not show, above the answer:
/// `<!-- handout`, the words, `-->`, the answer, `<!-- /handout -->`, each marker a line.
package struct Stub: Equatable, Sendable {
  /// The file as it is handed out; empty if it is not.
  package private(set) var text: String
  /// The lines of the solution that were taken out, without white space around them.
  package private(set) var removed: [String]

  /// Takes out what a file's kind marks; files of other kinds have no markers.
  package init(of solution: String, file: String) throws(StubError) {
    var reader = MarkedText(solution)
    if file.hasSuffix(".swift") {
      try reader.readSwift()
    } else if file.hasSuffix(".md") {
      try reader.readMarkdown()
    } else {
      reader.keepAll()
    }
    text = reader.kept.joined(separator: "\n")
    removed = reader.removed.map { String($0.trimmed) }.filter { !$0.isEmpty }
  }
}

/// A fault in the markers of a solution; a mistake of the assignment's author.
package struct StubError: Error, Equatable, CustomStringConvertible {
  /// Counted from 1.
  package let line: Int
  package let fact: Fact

  package enum Fact: Equatable, Sendable {
    case misspelt(String)
    case nothingBelow
    case insideAnother
    case notOpened
    case notClosed(String)
  }

  package var description: String {
    switch fact {
    case .misspelt(let line): "\(self.line): `\(line)` is not a marker; write `// solution`"
    case .nothingBelow: "\(line): nothing stands below the marker, in its block"
    case .insideAnother: "\(line): a marked region stands inside another"
    case .notOpened: "\(line): `<!-- /handout -->` ends a region that nothing begins"
    case .notClosed(let marker): "\(line): the region that begins here has no line `\(marker)`"
    }
  }
}

/// A file of the solution while it is read line by line.
private struct MarkedText {
  private let lines: [Substring]
  private var next = 0
  private(set) var kept: [Substring] = []
  private(set) var removed: ArraySlice<Substring> = []

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  mutating func keepAll() { kept = lines }

  private mutating func take(while belongs: (Substring) -> Bool) -> ArraySlice<Substring> {
    let region = lines[next...].prefix(while: belongs)
    next = region.endIndex
    return region
  }

  private mutating func remove(_ region: ArraySlice<Substring>) { removed += region }

  private func error(_ fact: StubError.Fact, at index: Int) -> StubError {
    StubError(line: index + 1, fact: fact)
  }
}

extension MarkedText {
  mutating func readSwift() throws(StubError) {
    while next < lines.count {
      let index = next
      let line = lines[index]
      next += 1
      if try isMarker(at: index) { try readBlock(below: index) } else { kept.append(line) }
    }
  }

  private func isMarker(at index: Int) throws(StubError) -> Bool {
    let line = lines[index].trimmed
    guard line.hasPrefix("//") else { return false }
    let word = line.drop { $0 == "/" }.trimmed
    guard word.lowercased() == "solution" else { return false }
    guard line == "// solution" else { throw error(.misspelt(String(line)), at: index) }
    return true
  }

  private mutating func readBlock(below marker: Int) throws(StubError) {
    let indentation = lines[marker].prefix { $0 == " " }
    let region = take { $0.hasPrefix(indentation) || $0.allSatisfy(\.isWhitespace) }
    guard region.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else {
      throw error(.nothingBelow, at: marker)
    }
    for index in region.indices where try isMarker(at: index) {
      throw error(.insideAnother, at: index)
    }
    remove(region)
    if indentation.isEmpty {
      while kept.last?.allSatisfy(\.isWhitespace) == true { kept.removeLast() }
      if !kept.isEmpty { kept.append("") }
    } else {
      kept.append(indentation + "throw NotImplemented()")
    }
  }
}

extension MarkedText {
  private static let begin = "<!-- handout"
  private static let middle = "-->"
  private static let end = "<!-- /handout -->"

  mutating func readMarkdown() throws(StubError) {
    while next < lines.count {
      let line = lines[next]
      if line == Self.end { throw error(.notOpened, at: next) }
      next += 1
      if line == Self.begin { try readAnswer(below: next - 1) } else { kept.append(line) }
    }
  }

  private mutating func readAnswer(below marker: Int) throws(StubError) {
    let words = try take(upTo: Self.middle, from: marker)
    let answer = try take(upTo: Self.end, from: marker)
    guard answer.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else {
      throw error(.nothingBelow, at: marker)
    }
    kept += words
    remove(answer)
  }

  private mutating func take(
    upTo marker: String,
    from begin: Int
  ) throws(StubError) -> ArraySlice<Substring> {
    let region = take { $0 != marker && $0 != Self.begin }
    guard next < lines.count else { throw error(.notClosed(marker), at: begin) }
    guard lines[next] == marker else { throw error(.insideAnother, at: next) }
    next += 1
    return region
  }
}

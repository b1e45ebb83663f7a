import Foundation

/// The parts of a file that are as they were handed out, and not yet written.
struct Leftovers {
  struct Stub {
    let line: Int
    let column: Int
    /// The function, or the heading above the answer; empty if there is none.
    let name: String
  }

  private let path: String
  /// Tells whether the file holds code, not answers in words.
  let isCode: Bool
  let stubs: [Stub]
  private let isText: Bool

  init(_ file: Folder.File) {
    path = file.path.string
    isCode = path.hasSuffix(".swift")
    isText = String(validating: file.content, as: UTF8.self) != nil
    let lines = String(decoding: file.content, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    stubs =
      isCode
      ? Self.stubs("throw NotImplemented(", in: lines.map(Self.code), below: Self.function)
      : Self.stubs("*(your answer)*", in: Self.withoutComments(lines), below: Self.heading)
  }

  /// A line for each of them.
  var problems: [Problem] {
    let encoding = isText ? [] : [warning("is not written in UTF-8; save it so in your editor")]
    return encoding
      + stubs.map { stub in
        var problem = warning(
          isCode
            ? "\(stub.name.isEmpty ? "a function" : stub.name) is not written yet"
            : "an answer is not written yet\(stub.name.isEmpty ? "" : ": \(stub.name)")"
        )
        (problem.line, problem.column) = (stub.line, stub.column)
        return problem
      }
  }

  /// One line for all of them; nil if there are none.
  var summary: String? {
    guard !stubs.isEmpty else { return nil }
    let things = (isCode ? "function" : "answer") + (stubs.count == 1 ? "" : "s")
    let done = isCode ? "implemented" : "written"
    return "\(path): \(stubs.count) \(things) not \(done) yet; packed as it is"
  }

  private func warning(_ text: String) -> Problem {
    Problem(severity: .warning, path: path, text: text)
  }

  private static func stubs(
    _ placeholder: String,
    in lines: [Substring],
    below name: (Substring) -> String?
  ) -> [Stub] {
    var current = ""
    var stubs: [Stub] = []
    for (index, line) in lines.enumerated() {
      if let name = name(line) { current = name }
      guard let place = line.firstRange(of: placeholder) else { continue }
      let column = line.utf8.distance(from: line.startIndex, to: place.lowerBound) + 1
      stubs.append(Stub(line: index + 1, column: column, name: current))
    }
    return stubs
  }

  /// The line up to a comment.
  private static func code(in line: Substring) -> Substring {
    line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
  }

  private static func function(in line: Substring) -> String? {
    let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
    return words.firstIndex(of: "func").flatMap { words.dropFirst($0 + 1).first.map(String.init) }
  }

  private static func heading(in line: Substring) -> String? {
    line.hasPrefix("#") ? String(line.drop { $0 == "#" }.trimmed) : nil
  }

  /// The lines of a Markdown file, those of its comments empty.
  private static func withoutComments(_ lines: [Substring]) -> [Substring] {
    var isInside = false
    return lines.map { line in
      if line.hasPrefix("<!--") { isInside = true }
      defer { if line.contains("-->") { isInside = false } }
      return isInside ? "" : line
    }
  }
}

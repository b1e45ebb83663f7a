/// The functions of the task that a student's functions may call.
///
/// What can be called is more than what is: the names in a function's own file, in helpers, and in
/// files that declare what those name.
package struct PossibleCalls: Sendable {
  private let listed: [String]
  private let parts: Set<String>
  private let files: [(path: String, words: FileWords)]

  /// Reads a student's files.
  package init(in own: [Submission.File], of parts: [Assignment.Part]) {
    listed = parts.flatMap { $0.functions.map { SignatureText(of: $0).name } }
    self.parts = Set(parts.map(\.file))
    files = own.map { ($0.path.string, FileWords(of: $0)) }
  }

  /// The task's functions that these may build on.
  ///
  /// Of two that are each made of the other, only the later in the task's list builds on the other:
  /// else each would be the reason that the other is wrong.
  package func supports(of functions: Set<String>) -> Set<String> {
    guard let last = listed.lastIndex(where: functions.contains) else { return [] }
    let named = names(in: functions)
    let supports = listed.enumerated().filter { place, function in
      named.contains(function) && !functions.contains(function)
        && (place < last || names(in: [function]).isDisjoint(with: functions))
    }
    return Set(supports.map(\.element))
  }

  /// The words of all code that these functions can come to.
  private func names(in functions: Set<String>) -> Set<String> {
    var (words, rest) = (functions, files)
    // Whose extensions and operators a file uses cannot be seen from its words.
    let isOpen: (String, FileWords) -> Bool = { path, file in
      !parts.contains(path) || !file.declared.isDisjoint(with: words)
    }
    while let place = rest.firstIndex(where: { isOpen($0.path, $0.words) }) {
      words.formUnion(rest.remove(at: place).words.used)
    }
    return words
  }
}

/// The words of a source file.
private struct FileWords: Sendable {
  /// The names of its functions, and what it declares in the first column of a line.
  private(set) var declared: Set<String> = []
  /// All others.
  private(set) var used: Set<String> = []

  init(of file: Submission.File) {
    var (word, before): ([UInt8], String) = ([], "")
    var (isStart, isOutermost) = (true, true)
    for byte in file.content + [UInt8(ascii: "\n")] {
      if isStart { isOutermost = byte.isPartOfWord }
      isStart = byte == UInt8(ascii: "\n")
      if byte.isPartOfWord {
        word.append(byte)
      } else if !word.isEmpty {
        let name = String(decoding: word, as: UTF8.self)
        let isDeclared = before == "func" || isOutermost && Self.keywords.contains(before)
        if isDeclared { declared.insert(name) } else { used.insert(name) }
        (before, word) = (name, [])
      }
    }
  }

  private static let keywords: Set<String> = [
    "let", "var", "struct", "class", "enum", "actor", "protocol", "typealias",
  ]
}

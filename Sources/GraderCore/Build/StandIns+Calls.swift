extension StandIns {
  /// The task's functions that these may build on.
  ///
  /// Of two that are each made of the other, only the later in the task's list builds on the other:
  /// else each would be the reason that the other is wrong. What can be called is more than what
  /// is: the names in a function's own file, in helpers, and in files that declare what those name.
  package func supports(of functions: Set<String>) -> Set<String> {
    let listed = parts.flatMap { $0.functions.map { SignatureText(of: $0).name } }
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
    let paths = Set(parts.map(\.file))
    var rest = own.map { (path: $0.path.string, words: FileWords(of: $0)) }
    var words = functions
    // Whose extensions and operators a file uses cannot be seen from its words.
    let isOpen: (String, FileWords) -> Bool = { path, file in
      !paths.contains(path) || !file.declared.isDisjoint(with: words)
    }
    while let place = rest.firstIndex(where: { isOpen($0.path, $0.words) }) {
      words.formUnion(rest.remove(at: place).words.used)
    }
    return words
  }
}

/// The words of a source file.
private struct FileWords {
  /// The names of its functions, and what it declares in the first column of a line.
  private(set) var declared: Set<String> = []
  /// All others.
  private(set) var used: Set<String> = []

  init(of file: Submission.File) {
    var (word, before): ([UInt8], String) = ([], "")
    var isOutermost = true
    func isLetter(_ byte: UInt8) -> Bool {
      byte >= 0x80 || byte == UInt8(ascii: "_") || (byte | 0x20) >= UInt8(ascii: "a")
        && (byte | 0x20) <= UInt8(ascii: "z") || (0x30...0x39).contains(byte)
    }
    var isStart = true
    for byte in file.content + [UInt8(ascii: "\n")] {
      if isLetter(byte) {
        if isStart { (isOutermost, isStart) = (true, false) }
        word.append(byte)
        continue
      }
      if !word.isEmpty {
        let name = String(decoding: word, as: UTF8.self)
        let isDeclared = before == "func" || isOutermost && Self.keywords.contains(before)
        if isDeclared { declared.insert(name) } else { used.insert(name) }
        (before, word) = (name, [])
      }
      if byte == UInt8(ascii: "\n") {
        isStart = true
      } else if isStart {
        (isOutermost, isStart) = (false, false)
      }
    }
  }

  private static let keywords: Set<String> = [
    "let", "var", "struct", "class", "enum", "actor", "protocol", "typealias",
  ]
}

/// The words that a student may be told of those that a worker says: the identifiers of the
/// student's own source, and a few of ours.
///
/// The worker has seen hidden inputs, and could say them in words of its own making.
package struct OwnWords: Equatable, Sendable {
  /// The most identifiers, in the order in which they stand in the source: a source of very many
  /// would be an alphabet.
  private static let most = 4_096

  /// The names by which the course itself calls what is thrown.
  private static let ours: Set<String> = [
    "NotImplemented", "ShapeMismatch", "BatchTooSmall", "AnswerTooLarge", "an error",
  ]

  private var words: Set<String>

  /// The identifiers of these files, and further ones.
  package init(sources: [[UInt8]] = [], and others: [String] = []) {
    words = Set(others)
    for source in sources { add(source) }
  }

  /// Tells whether the student may be told a word.
  package func contains(_ word: String) -> Bool {
    words.contains(word) || Self.ours.contains(word)
  }

  /// The same with further words.
  func adding(_ others: [String]) -> OwnWords {
    var all = self
    all.words.formUnion(others)
    return all
  }

  private mutating func add(_ source: [UInt8]) {
    var word: [UInt8] = []
    for byte in source + [UInt8(ascii: " ")] {
      if byte.isPartOfWord {
        word.append(byte)
      } else if !word.isEmpty {
        guard words.count < Self.most else { return }
        words.insert(String(decoding: word, as: UTF8.self))
        word = []
      }
    }
  }
}

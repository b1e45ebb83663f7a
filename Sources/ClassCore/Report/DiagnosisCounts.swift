import GraderCore

/// Counts of the mistakes that the class made.
package struct DiagnosisCounts: Sendable {
  /// A mistake on an item.
  package struct Key: Hashable, Sendable {
    /// The item's title.
    package var title: String
    /// The words, without the parts that differ from submission to submission.
    package var text: String
    /// True if the cause itself was found, and not just the way in which the answer differs.
    package var isNamed: Bool
  }

  private var counts: [Key: Int] = [:]
  private(set) var kinds: [Verdict.Kind: Int] = [:]

  /// Different mistakes are bounded by what the grader can say, but traps hold names of the
  /// student's; beyond this many, new ones are not told apart.
  private static let mostKeys = 5_000

  mutating func add(_ test: Grade.TestResult) {
    guard test.status != .passed, test.status != .pending else { return }
    kinds[test.status, default: 0] += 1
    let (text, isNamed) = Self.gist(of: test.message)
    guard !text.isEmpty else { return }
    let key = Key(title: test.title, text: text, isNamed: isNamed)
    if counts[key] != nil || counts.count < Self.mostKeys { counts[key, default: 0] += 1 }
  }

  /// The most frequent mistakes; what has a name comes before what has none.
  package func most(_ number: Int) -> [(key: Key, count: Int)] {
    let all = counts.map { (key: $0.key, count: $0.value) }
    return Array(
      all.sorted {
        ($0.count, $0.key.isNamed ? 1 : 0, $1.key.title, $1.key.text)
          > ($1.count, $1.key.isNamed ? 1 : 0, $0.key.title, $0.key.text)
      }.prefix(number)
    )
  }

  /// The part of a message that is the same for everybody who made that mistake.
  package static func gist(of message: String) -> (text: String, isNamed: Bool) {
    let line = message.split(separator: "\n").first.map(String.init) ?? ""
    let sentences = sentences(of: line)
    if let named = sentences.first(where: { $0.hasPrefix("It looks as if ") }) {
      return (String(named), true)
    }
    let telling = sentences.filter { sentence in
      !sentence.hasPrefix("Right for your own steps")
        && !(sentence.contains(" is wrong") && sentence.contains("relative error about"))
    }
    if let first = telling.first { return (withoutFigures(first), false) }
    // Where it is wrong and by how much differs from seed to seed, and tells a class nothing.
    let last = sentences.last ?? ""
    let what = last.firstRange(of: " is wrong").map { last[..<$0.upperBound] + "." } ?? last
    return (withoutFigures(what), false)
  }

  /// Split where a full stop is followed by a space; sentences may begin with a name such as `dX`.
  ///
  /// Bytes and no pattern: a large class has a million messages.
  private static func sentences(of line: String) -> [Substring] {
    let bytes = line.utf8
    var found: [Substring] = []
    var start = bytes.startIndex
    var index = start
    while let stop = bytes[index...].firstIndex(of: UInt8(ascii: ".")) {
      index = bytes.index(after: stop)
      guard bytes[index...].first == UInt8(ascii: " ") else { continue }
      found.append(line[start..<index])
      start = bytes.index(after: index)
    }
    found.append(line[start...])
    return found.filter { !$0.isEmpty }
  }

  /// Numbers differ by seed and by line; digits within names are left.
  private static func withoutFigures(_ text: some StringProtocol) -> String {
    var result = ""
    var previous: Character = " "
    var inFigure = false
    for character in text {
      let isDigit = character.isASCII && character.isNumber
      if isDigit, inFigure || !(previous.isLetter || previous == "_") {
        if !inFigure { result.append("…") }
        inFigure = true
      } else {
        result.append(character)
        inFigure = false
      }
      previous = character
    }
    return result
  }
}

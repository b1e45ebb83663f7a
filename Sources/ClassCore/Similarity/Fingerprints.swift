/// A few of the hashes of all runs of tokens, chosen so that equal passages choose alike.
///
/// Every passage of `window + length - 1` tokens that two files share gives at least one common
/// fingerprint, and none that is shorter than `length` does.
///
/// Source: Schleimer, Wilkerson, Aiken: Winnowing, SIGMOD 2003.
package enum Fingerprints {
  /// Tokens in a run.
  package static let length = 16
  /// Neighbouring runs of which one is chosen.
  package static let window = 9

  /// A chosen run.
  package struct Mark: Equatable, Sendable {
    /// Its hash.
    package var hash: UInt64
    /// The number of its first token.
    package var place: Int
  }

  /// The hashes of all runs.
  package static func all(_ tokens: [SwiftTokens.Token]) -> [UInt64] {
    guard tokens.count >= length else { return [] }
    let base: UInt64 = 0x9e37_79b9_7f4a_7c15
    let top = (1..<length).reduce(UInt64(1)) { power, _ in power &* base }
    var hash: UInt64 = 0
    for token in tokens.prefix(length) { hash = hash &* base &+ token.value }
    var hashes = [mixed(hash)]
    hashes.reserveCapacity(tokens.count)
    for index in length..<tokens.count {
      hash = (hash &- tokens[index - length].value &* top) &* base &+ tokens[index].value
      hashes.append(mixed(hash))
    }
    return hashes
  }

  /// The least hash of each window, the last of equal ones.
  package static func chosen(_ tokens: [SwiftTokens.Token]) -> [Mark] {
    let hashes = all(tokens)
    guard !hashes.isEmpty else { return [] }
    var marks: [Mark] = []
    for start in 0...max(0, hashes.count - window) {
      let range = start..<min(start + window, hashes.count)
      guard let least = range.min(by: { (hashes[$0], -$0) < (hashes[$1], -$1) }) else { continue }
      if marks.last?.place != least { marks.append(Mark(hash: hashes[least], place: least)) }
    }
    return marks
  }

  /// Spreads the differences over all bits, so that the least hash says nothing about the text.
  private static func mixed(_ hash: UInt64) -> UInt64 {
    let first = (hash ^ (hash >> 31)) &* 0xbf58_476d_1ce4_e5b9
    return first ^ (first >> 29)
  }
}

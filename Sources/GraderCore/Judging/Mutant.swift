package import JudgeEvents

/// The solution with one slip, as homework gets it wrong.
package struct Mutant: Codable, Equatable, Sendable {
  /// A short name.
  package var id: String
  /// The words that a student may be told, as a clause: "the mean is not divided by n".
  package var slip: String
  /// The file of the solution that is changed.
  package var file: String
  /// The text that is replaced; it occurs exactly once.
  package var replace: String
  /// The text that replaces it.
  package var with: String
  /// The tests that lose points, and no others do.
  package var expect: [String]

  /// The file's text with the slip; nil if the text to replace does not occur exactly once.
  package func applied(to text: String) -> String? {
    let pieces = text.split(separator: replace, omittingEmptySubsequences: false)
    guard pieces.count == 2 else { return nil }
    return pieces[0] + with + pieces[1]
  }

  /// The one of mutants that answer a test alike whose slip is behind the answers; nil if several
  /// slips can be.
  ///
  /// A slip that would cost a test of which no points are `lost` is behind none.
  package static func theOne(of alike: [Mutant], losing lost: Set<String>) -> Mutant? {
    [alike, alike.filter { lost.isSuperset(of: $0.expect) }]
      .first { Set($0.map(\.slip)).count == 1 }?.first
  }
}

/// A comparison of two programs' answers to a test's questions.
package enum ReplyMatch {
  /// The largest difference, in units of the answer's largest entry, that counts as alike.
  package static let exactness = 1e-6

  /// Tells whether all answers, right ones included, are alike.
  package static func areAlike(_ left: [JudgeEvent.Reply], _ right: [JudgeEvent.Reply]) -> Bool {
    !left.isEmpty && left.count == right.count && zip(left, right).allSatisfy(areAlike)
  }

  private static func areAlike(_ left: JudgeEvent.Reply, _ right: JudgeEvent.Reply) -> Bool {
    guard left.function == right.function, left.error == right.error,
      left.shapes == right.shapes,
      left.values.count == right.values.count
    else { return false }
    let finite = (left.values + right.values).filter(\.isFinite)
    let largest = finite.map { abs($0) }.max() ?? 0
    return zip(left.values, right.values).allSatisfy { one, other in
      // What is not finite is like itself alone, and no measure for others.
      one == other || one.isNaN && other.isNaN || abs(one - other) <= exactness * largest
    }
  }
}

package import GraderCore

/// Counts of the mistakes that the class made.
package struct DiagnosisCounts: Sendable {
  /// A mistake on an item.
  package struct Key: Hashable, Sendable {
    /// The item's title.
    package var title: String
    /// The mistake.
    package var mistake: Mistake
  }

  private var counts: [Key: Int] = [:]
  private(set) var kinds: [Verdict.Kind: Int] = [:]

  /// Different mistakes are bounded by what the grader can say, but traps hold names of the
  /// student's; beyond this many, new ones are not told apart.
  private static let mostKeys = 5_000

  mutating func add(_ test: Grade.TestResult) {
    guard test.status.isLoss else { return }
    kinds[test.status, default: 0] += 1
    let key = Key(title: test.title, mistake: Mistake(test))
    if counts[key] != nil || counts.count < Self.mostKeys { counts[key, default: 0] += 1 }
  }

  /// The most frequent mistakes; what has a name comes before what has none.
  package func most(_ number: Int) -> [(key: Key, count: Int)] {
    let all = counts.map {
      (key: $0.key, text: StaffText.gist(of: $0.key.mistake), count: $0.value)
    }
    let sorted = all.sorted {
      ($0.count, $0.key.mistake.isNamed ? 1 : 0, $1.key.title, $1.text)
        > ($1.count, $1.key.mistake.isNamed ? 1 : 0, $0.key.title, $0.text)
    }
    return sorted.prefix(number).map { ($0.key, $0.count) }
  }
}

/// Finds submissions that share passages, with what the handout gave everybody left out.
///
/// Only fingerprints are kept; the texts are asked for again for the pairs that are listed.
package struct Similarity: Sendable {
  private let handout: Set<UInt64>
  private var samples: [Sample] = []

  private struct Sample: Sendable {
    var number: Int
    /// A hash over all tokens of all files.
    var whole: UInt64
    /// The fingerprints that the handout does not have, each once, sorted.
    var marks: [UInt64]
  }

  /// With fewer fingerprints of its own a submission is not compared: it is hardly more than the
  /// handout.
  package static let fewestMarks = 8

  /// Compares with nobody yet.
  ///
  /// - Parameter handout: The texts that everybody got.
  package init(handout: [String]) {
    self.handout = Set(handout.flatMap { Fingerprints.all(SwiftTokens($0).tokens) })
  }

  /// Adds a submission.
  ///
  /// - Parameters:
  ///   - number: By which findings name it.
  ///   - files: Its Swift files, text by path.
  package mutating func add(_ number: Int, files: [String: String]) {
    var marks: Set<UInt64> = []
    var whole: UInt64 = 0
    for file in files.sorted(by: { $0.key < $1.key }) {
      let tokens = SwiftTokens(file.value).tokens
      for token in tokens { whole = (whole ^ token.value) &* 0x100_0000_01b3 }
      marks.formUnion(Fingerprints.chosen(tokens).map(\.hash))
    }
    marks.subtract(handout)
    guard marks.count >= Self.fewestMarks else { return }
    samples.append(Sample(number: number, whole: whole, marks: marks.sorted()))
  }

  /// What stands out.
  ///
  /// - Parameters:
  ///   - threshold: The share in common from which on a pair is listed.
  ///   - most: How many pairs are listed at most.
  ///   - texts: The files of a submission, text by path.
  /// - Returns: Groups of equal submissions, of which one stands for all, and pairs.
  package func findings(
    threshold: Double = 0.6,
    most: Int = 40,
    texts: (Int) -> [String: String]
  ) -> SimilarityFindings {
    let groups = Dictionary(grouping: samples, by: \.whole).values
      .map { $0.sorted { $0.number < $1.number } }
      .sorted { $0[0].number < $1[0].number }
    let pairs = pairs(of: groups.map { $0[0] }, threshold: threshold)
    var sources: [Int: [String: String]] = [:]
    let listed = pairs.prefix(most).map { pair in
      for number in [pair.first, pair.second] where sources[number] == nil {
        sources[number] = texts(number)
      }
      var pair = pair
      pair.files = Passages(handout: handout).files(
        sources[pair.first] ?? [:],
        sources[pair.second] ?? [:]
      )
      return pair
    }
    let shown = Set(listed.flatMap(\.files).flatMap { [$0.firstPath, $0.secondPath] })
    return SimilarityFindings(
      compared: samples.count,
      pairs: listed,
      pairCount: pairs.count,
      identical: groups.filter { $0.count > 1 }.map { $0.map(\.number) }
        .sorted { ($0.count, $1[0]) > ($1.count, $0[0]) },
      sources: sources.mapValues { $0.filter { shown.contains($0.key) } }
    )
  }

  /// A fingerprint that very many have is no hint, and would make the search quadratic.
  private static func mostHolders(of count: Int) -> Int { min(max(10, count / 2), 100) }

  private func pairs(of all: [Sample], threshold: Double) -> [SimilarPair] {
    var holders: [UInt64: [Int32]] = [:]
    for (index, sample) in all.enumerated() {
      for mark in sample.marks { holders[mark, default: []].append(Int32(index)) }
    }
    let most = Self.mostHolders(of: all.count)
    var common: [UInt64: Int] = [:]
    var own = Array(repeating: 0, count: all.count)
    for list in holders.values where list.count <= most {
      for (offset, first) in list.enumerated() {
        own[Int(first)] += 1
        for second in list[(offset + 1)...] {
          common[UInt64(first) << 32 | UInt64(second), default: 0] += 1
        }
      }
    }
    return common.compactMap { key, count -> SimilarPair? in
      let (first, second) = (Int(key >> 32), Int(key & 0xffff_ffff))
      let smaller = min(own[first], own[second])
      let share = Double(count) / Double(max(smaller, 1))
      guard smaller >= Self.fewestMarks, share >= threshold else { return nil }
      return SimilarPair(
        first: all[first].number,
        second: all[second].number,
        share: share,
        common: count,
        files: []
      )
    }.sorted {
      ($0.share, $0.common, $1.first, $1.second) > ($1.share, $1.common, $0.first, $0.second)
    }
  }
}

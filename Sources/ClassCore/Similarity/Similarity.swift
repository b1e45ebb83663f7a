/// Finds submissions that share passages, with what the handout gave everybody left out.
///
/// Only fingerprints are kept; the texts are asked for again for the pairs that are listed.
package struct Similarity: Sendable {
  private let handout: Set<UInt64>
  private var samples: [Sample] = []
  /// The places of submissions in `samples`.
  private var places: [Int: Int] = [:]

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
    places[number] = samples.count
    samples.append(Sample(number: number, whole: whole, marks: marks.sorted()))
  }

  /// Adds a submission whose files are those of one that was added.
  package mutating func add(_ number: Int, sameAs other: Int) {
    guard let place = places[other] else { return }
    var sample = samples[place]
    sample.number = number
    places[number] = samples.count
    samples.append(sample)
  }

  /// The pairs that stand out.
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

  /// The largest number of submissions that may share a hint, ten or half of a class: more is none,
  /// unless it is most of what somebody has.
  private static func mostRare(of count: Int) -> Int { max(10, count / 2) }

  /// In a large class what very many have would make the search quadratic.
  private static func mostCounted(of count: Int) -> Int { count <= 400 ? count : 100 }

  /// Fingerprints of one submission, or of two in common: all, and those that few have.
  private struct Tally {
    var (all, rare) = (0, 0)

    mutating func count(isRare: Bool) {
      all += 1
      if isRare { rare += 1 }
    }

    /// True if the marks that few have are enough to judge by.
    var isOwn: Bool { rare >= Similarity.fewestMarks && 2 * rare >= all }
  }

  /// Gives the places of all samples that hold a mark, for every mark, in order.
  ///
  /// Marks are gathered in parts by their first bits: who holds them all at once would take many
  /// times the memory of the samples.
  private static func forEachMark(of all: [Sample], _ body: ([Int32]) -> Void) {
    var places = Array(repeating: 0, count: all.count)
    for part in 0..<UInt64(16) {
      var holders: [UInt64: [Int32]] = [:]
      for (index, sample) in all.enumerated() {
        while places[index] < sample.marks.count, sample.marks[places[index]] >> 60 == part {
          holders[sample.marks[places[index]], default: []].append(Int32(index))
          places[index] += 1
        }
      }
      holders.values.forEach(body)
    }
  }

  private func pairs(of all: [Sample], threshold: Double) -> [SimilarPair] {
    let (rare, counted) = (Self.mostRare(of: all.count), Self.mostCounted(of: all.count))
    var common: [UInt64: Tally] = [:]
    var own = Array(repeating: Tally(), count: all.count)
    Self.forEachMark(of: all) { list in
      guard list.count <= counted else { return }
      let isRare = list.count <= rare
      for (offset, first) in list.enumerated() {
        own[Int(first)].count(isRare: isRare)
        for second in list[(offset + 1)...] {
          common[UInt64(first) << 32 | UInt64(second), default: Tally()].count(isRare: isRare)
        }
      }
    }
    return common.compactMap { key, tally -> SimilarPair? in
      let (first, second) = (Int(key >> 32), Int(key & 0xffff_ffff))
      let judgesByRare = own[first].isOwn && own[second].isOwn
      let count = judgesByRare ? tally.rare : tally.all
      let sizes = [own[first], own[second]].map { judgesByRare ? $0.rare : $0.all }
      let smaller = sizes.min() ?? 0
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

/// The lines of two submissions that correspond.
struct Passages {
  /// Hashes of all runs of the handout.
  let handout: Set<UInt64>

  /// The files with passages in common, most first.
  func files(_ first: [String: String], _ second: [String: String]) -> [SimilarPair.Files] {
    let others = second.mapValues { SwiftTokens($0).tokens }
    var found: [SimilarPair.Files] = []
    for (path, text) in first.sorted(by: { $0.key < $1.key }) {
      let tokens = SwiftTokens(text).tokens
      // The file of the same name, unless another has more in common.
      let best = others.map { ($0.key, passages(tokens, $0.value)) }
        .max { left, right in
          (lines(left.1), left.0 == path ? 1 : 0, right.0)
            < (lines(right.1), right.0 == path ? 1 : 0, left.0)
        }
      if let best, !best.1.isEmpty {
        found.append(
          SimilarPair.Files(firstPath: path, secondPath: best.0, passages: best.1)
        )
      }
    }
    return found.sorted { lines($0.passages) > lines($1.passages) }
  }

  private func lines(_ passages: [SimilarPair.Passage]) -> Int {
    passages.map(\.first.count).reduce(0, +)
  }

  /// Runs that both have and the handout has not, joined where they overlap in both.
  func passages(
    _ first: [SwiftTokens.Token],
    _ second: [SwiftTokens.Token]
  ) -> [SimilarPair.Passage] {
    var places: [UInt64: Int] = [:]
    for (place, hash) in Fingerprints.all(second).enumerated() where places[hash] == nil {
      places[hash] = place
    }
    var found: [SimilarPair.Passage] = []
    var runs: (first: ClosedRange<Int>, second: ClosedRange<Int>)?
    for (place, hash) in Fingerprints.all(first).enumerated() where !handout.contains(hash) {
      guard let other = places[hash] else { continue }
      let last = Fingerprints.length - 1
      if let run = runs, place <= run.first.upperBound, other > run.second.lowerBound,
        other <= run.second.upperBound
      {
        runs = (run.first.lowerBound...(place + last), run.second.lowerBound...(other + last))
      } else {
        if let run = runs { found.append(passage(run, first, second)) }
        runs = (place...(place + last), other...(other + last))
      }
    }
    if let run = runs { found.append(passage(run, first, second)) }
    return found
  }

  private func passage(
    _ run: (first: ClosedRange<Int>, second: ClosedRange<Int>),
    _ first: [SwiftTokens.Token],
    _ second: [SwiftTokens.Token]
  ) -> SimilarPair.Passage {
    SimilarPair.Passage(
      first: first[run.first.lowerBound].line...first[run.first.upperBound].line,
      second: second[run.second.lowerBound].line...second[run.second.upperBound].line
    )
  }
}

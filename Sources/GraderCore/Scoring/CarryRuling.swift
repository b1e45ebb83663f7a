internal import JudgeEvents

/// The decision on a wrong chain, by what its steps answered on the chain's own inputs and by the
/// points that they have.
enum CarryRuling: Equatable {
  /// The chain is what its steps make of it.
  case carried
  /// The chain is wrong in a way of its own.
  case disagrees
  /// Nothing is carried, for a reason that staff reads.
  case nothing(String)

  /// Decides.
  ///
  /// - Parameters:
  ///   - chain: The judgement on the chain, with its answers and its compositions.
  ///   - steps: The tests of the steps whose errors it may carry.
  init(on chain: Judgement, steps: [ScoredTest]) {
    let charged = Set(steps.filter { $0.lost > .zero }.map(\.id))
    let full = Set(steps.map(\.id)).subtracting(charged)
    // What the chain answered rightly, or was not asked, needs no step.
    let questions = Set(chain.chains.map(\.question))
    let wrong = chain.compositions.filter { questions.contains($0.answers.question) }
      .flatMap(\.steps)
      .filter { full.contains($0.test) && !($0.isRight && !$0.isBlind) }
    if let first = wrong.first {
      self = .nothing(
        "the step \(first.test) has full points, and answers wrongly or with no number where the "
          + "judge puts this chain together: nothing is carried"
      )
    } else if charged.isEmpty {
      self = .nothing("all steps whose errors it could carry have full points: nothing is carried")
    } else {
      let routes = Set(chain.compositions.map(\.route)).sorted()
      self = routes.contains { Self.carries(chain, route: $0, charged) } ? .carried : .disagrees
    }
  }

  /// True if the chain is what is put together this way.
  private static func carries(_ chain: Judgement, route: Int, _ charged: Set<String>) -> Bool {
    var blind: Set<String> = []
    var isWhole = true
    for answers in chain.chains {
      guard
        let composed = chain.compositions.first(where: {
          $0.route == route && $0.answers.question == answers.question
        }),
        answers.agrees(with: composed.answers),
        composed.steps.contains(where: { charged.contains($0.test) })
      else { return false }
      blind.formUnion(composed.steps.filter(\.isBlind).map(\.test))
      isWhole = isWhole && answers.isWhole
    }
    return blind.isSubset(of: charged) && (isWhole || !blind.isEmpty)
  }
}

extension ChainAnswers {
  /// True if all draws were answered, with numbers.
  fileprivate var isWhole: Bool {
    end == nil && draws.allSatisfy { $0.allSatisfy { $0.values.allSatisfy(\.isFinite) } }
  }

  /// Tells whether these are the same answers but for rounding, up to the same end.
  fileprivate func agrees(with other: ChainAnswers) -> Bool {
    guard end == other.end, draws.count == other.draws.count else { return false }
    return zip(draws, other.draws).allSatisfy { mine, others in
      mine.count == others.count && zip(mine, others).allSatisfy { $0.agrees(with: $1) }
    }
  }
}

extension ChainAnswers.Answer {
  /// Finite values agree to rounding, NaN with NaN, infinity with nothing.
  fileprivate func agrees(with other: Self) -> Bool {
    guard shape == other.shape, values.count == other.values.count else { return false }
    let largest =
      zip(values, other.values)
      .map { max(abs($0), abs($1)) }.filter(\.isFinite).max() ?? 0
    let limit = limit ?? 1e-9 * largest
    return zip(values, other.values).allSatisfy { mine, other in
      guard mine.isFinite, other.isFinite else { return mine.isNaN && other.isNaN }
      return abs(mine - other) <= limit
    }
  }
}

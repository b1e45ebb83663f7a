internal import JudgeEvents

/// The decision on a wrong chain, by what its steps answered on the chain's own inputs and by the
/// points that they have.
enum CarryRuling: Equatable {
  /// The chain is what its steps make of it.
  case carried
  /// The chain is wrong in a way of its own.
  case disagrees
  /// Nothing is carried, since a step pretends, in words that staff reads.
  case nothing(String)
  /// All steps have full points: no error of theirs is in it.
  case stepsAreRight

  /// Decides.
  ///
  /// - Parameters:
  ///   - chain: The chain, with its answers and its compositions.
  ///   - steps: The tests of the steps whose errors it may carry.
  ///   - ends: The tests that lost points and that it can end in.
  init(on chain: JudgedTest, steps: [ScoredTest], charged ends: [ScoredTest]) {
    let (names, chain) = (chain.test.carries ?? [], chain.judgement)
    let charged = Set(steps.filter(\.isCharged).map(\.id))
    let full = Set(steps.map(\.id)).subtracting(charged)
    // What the chain answered rightly, or was not asked, needs no step.
    let questions = Set(chain.chains.map(\.question))
    let wrong = chain.compositions.filter { questions.contains($0.answers.question) }
      .flatMap(\.steps)
      .filter { full.contains($0.test) && !($0.isRight && !$0.isBlind) }
    let endsInStep = ends.contains { chain.ends(as: $0) }
    if chain.isStopped {
      // The proof is its answers with the solution in the place of what stopped.
      self = endsInStep ? .carried : .disagrees
    } else if let first = wrong.first {
      self = .nothing(
        "the step \(first.test) has full points, and answers wrongly or with no number where the "
          + "judge puts this chain together: nothing is carried"
      )
    } else if names.isEmpty {
      self = ends.isEmpty ? .disagrees : .carried
    } else if charged.isEmpty, !endsInStep {
      self = .stepsAreRight
    } else {
      let routes = Set(chain.compositions.map(\.route)).sorted()
      let isCarried = routes.contains {
        Self.carries(chain, route: $0, charged, endsInStep: endsInStep)
      }
      self = isCarried ? .carried : .disagrees
    }
  }

  /// True if the chain is what is put together this way.
  private static func carries(
    _ chain: Judgement,
    route: Int,
    _ charged: Set<String>,
    endsInStep: Bool
  ) -> Bool {
    var blind: Set<String> = []
    var isWhole = true
    for answers in chain.chains {
      let isEnd = endsInStep && answers.end != nil
      guard
        let composed = chain.compositions.first(where: {
          $0.route == route && $0.answers.question == answers.question
        }),
        answers.agrees(with: composed.answers, endsInStep: isEnd),
        isEnd || composed.steps.contains(where: { charged.contains($0.test) })
      else { return false }
      blind.formUnion(composed.steps.filter(\.isBlind).map(\.test))
      isWhole = isWhole && (isEnd || answers.isWhole)
    }
    return blind.isSubset(of: charged) && (isWhole || !blind.isEmpty)
  }
}

extension Judgement {
  /// Tells whether it ends as a step does in a test of its own: which of several ends a chain meets
  /// first depends on the order of its calls.
  fileprivate func ends(as step: ScoredTest) -> Bool {
    guard case .judged(let step) = step else { return false }
    switch (verdict, step.judgement.verdict) {
    case (.crashed, .crashed): return true
    case (.timedOut, .timedOut), (.timedOut, .outOfMemory), (.outOfMemory, .timedOut),
      (.outOfMemory, .outOfMemory):
      return true
    case (.notRun(let mine), .notRun(let other)): return mine == other
    default:
      let others = step.judgement.findings
      return findings.contains { mine in others.contains { mine.ends(as: $0) } }
    }
  }
}

extension Finding {
  /// Tells whether two functions throw the same.
  fileprivate func ends(as other: Finding) -> Bool {
    switch (self, other) {
    case (.notImplemented(_, let mine), .notImplemented(_, let other)): mine == other
    case (.threw(_, let mine), .threw(_, let other)): mine == other
    default: false
    }
  }
}

extension ChainAnswers {
  /// True if all draws were answered, with numbers.
  fileprivate var isWhole: Bool {
    end == nil && draws.allSatisfy { $0.allSatisfy { $0.values.allSatisfy(\.isFinite) } }
  }

  /// Tells whether these are the same answers but for rounding, up to the same end, or up to the
  /// first end where it is known to be a step's.
  ///
  /// Where nothing can be put together, since a step ends or answers in a wrong shape, a chain that
  /// does without it can go on.
  fileprivate func agrees(with other: ChainAnswers, endsInStep: Bool) -> Bool {
    let isSame = end == other.end && draws.count == other.draws.count
    let goesOn = end == nil && other.end != nil && draws.count > other.draws.count
    guard isSame || goesOn || endsInStep || other.end == ChainAnswers.misfit else { return false }
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

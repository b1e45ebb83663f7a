internal import JudgeEvents

/// One slip costs its own step, not every chain through it again.
package enum CarriedErrors {
  /// A chain that is what its steps make of it.
  package struct Chain: Sendable {
    /// Its place among the tests.
    package let place: Int
    /// The chain.
    package let test: JudgedTest
    /// The tests of those of its steps that lost points, and of theirs in turn.
    package let charged: [ScoredTest]
  }

  /// The chains that may carry errors, if they hold with right steps too.
  package static func chains(in tests: [ScoredTest]) -> [Chain] {
    tests.enumerated().compactMap { place, test in
      guard case .judged(let chain) = test, chain.judgement.mayCarry else { return nil }
      let steps = steps(of: chain, in: tests)
      guard CarryRuling(on: chain.judgement, steps: steps) == .carried else { return nil }
      return Chain(place: place, test: chain, charged: charged(below: steps, in: tests))
    }
  }

  /// The tests, in which chains that are right for the student's own steps have their points times
  /// the share that those steps earned.
  ///
  /// - Parameter tests: All tests in the rubric's order.
  /// - Returns: The tests; a chain that earns something is `partial`, in whole hundredths, rounded
  ///   down.
  package static func applied(to tests: [ScoredTest]) -> [ScoredTest] {
    // In the rubric's order, so that a chain through a chain counts what that one has earned.
    var applied = tests
    for index in tests.indices {
      guard case .judged(var chain) = tests[index], chain.judgement.mayCarry else { continue }
      let steps = steps(of: chain, in: applied)
      switch CarryRuling(on: chain.judgement, steps: steps) {
      case .nothing(let reason): chain.judgement.issues.append("flag: \(reason)")
      case .disagrees: continue
      case .carried:
        if let reason = chain.judgement.standIn.objection {
          chain.judgement.issues.append("flag: \(reason): nothing is carried")
        } else if let share = share(of: steps) {
          let points = share.points(of: chain.test.points)
          guard points > .zero else { continue }
          if case .crashed(let crash) = chain.judgement.verdict { chain.judgement.crash = crash }
          chain.judgement.verdict = .partial(points)
          chain.judgement.carried = share
        }
      }
      applied[index] = .judged(chain)
    }
    return applied
  }

  /// The steps that the rubric names, and those that lost points and ended the chain.
  private static func steps(of chain: JudgedTest, in tests: [ScoredTest]) -> [ScoredTest] {
    let (carries, judgement) = (Set(chain.test.carries ?? []), chain.judgement)
    let hasEnd = judgement.chains.contains { $0.end != nil }
    let blind = judgement.compositions.flatMap(\.steps).filter(\.isBlind).map(\.test)
    let ending = Set(hasEnd ? blind : [])
    return tests.filter { carries.contains($0.id) || ending.contains($0.id) && $0.lost > .zero }
  }

  private static func charged(below steps: [ScoredTest], in tests: [ScoredTest]) -> [ScoredTest] {
    var (ids, next) = (Set<String>(), Set(steps.map(\.id)))
    while !next.isSubset(of: ids) {
      ids.formUnion(next)
      next = Set(tests.filter { ids.contains($0.id) }.flatMap(\.carries))
    }
    return tests.filter { ids.contains($0.id) && $0.lost > .zero }
  }

  /// The points of the steps whose errors a chain may carry; nil if they are worth nothing.
  private static func share(of steps: [ScoredTest]) -> CarriedShare? {
    let best = steps.map(\.maxScore).total
    return best > .zero ? CarriedShare(earned: steps.map(\.score).total, of: best) : nil
  }
}

extension Judgement.StandIn {
  /// The reason why the chain's answers prove nothing.
  fileprivate var objection: String? {
    switch self {
    case .right: nil
    case .wrong:
      "the chain is wrong too where the solution stands in for the steps that lost points"
    case .untried(let reason):
      "the solution cannot stand in for the steps that lost points: \(reason)"
    }
  }
}

extension CarriedShare {
  /// The share of these points, rounded down.
  func points(of points: Points) -> Points {
    Points(hundredths: points.hundredths * earned.hundredths / of.hundredths)
  }
}

extension Judgement {
  /// True if it is a chain's, whose error may be its steps'.
  package var mayCarry: Bool {
    switch verdict {
    case .failed, .partial, .crashed: !chains.isEmpty
    case .passed, .timedOut, .outOfMemory, .badReply, .pending, .notRun: false
    }
  }
}

extension ScoredTest {
  /// The steps whose errors it may carry, if it was judged now.
  fileprivate var carries: [String] {
    if case .judged(let judged) = self { judged.test.carries ?? [] } else { [] }
  }

  /// The points it did not get.
  var lost: Points { Points(hundredths: maxScore.hundredths - score.hundredths) }
}

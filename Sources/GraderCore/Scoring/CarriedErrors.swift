internal import JudgeEvents

/// One slip costs its own step, not every chain through it again.
package enum CarriedErrors {
  /// The tests, in which chains that are right for the student's own steps have their points times
  /// the share that those steps earned.
  ///
  /// - Parameter tests: All tests in the rubric's order.
  /// - Returns: The tests; a chain that earns something is `partial`, in whole hundredths, rounded
  ///   down.
  package static func applied(to tests: [ScoredTest]) -> [ScoredTest] {
    // In the rubric's order, so that a chain through a chain counts what that one has earned.
    var applied = tests
    var left = Dictionary(tests.map { ($0.id, $0.lost) }) { first, _ in first }
    for index in tests.indices {
      guard case .judged(var chain) = tests[index], chain.judgement.mayCarry else { continue }
      let carries = Set(chain.test.carries ?? [])
      let steps = applied.filter { carries.contains($0.id) }
      switch CarryRuling(on: chain.judgement, steps: steps) {
      case .nothing(let reason):
        chain.judgement.issues.append("flag: \(reason)")
      case .disagrees: continue
      case .carried(let blind):
        guard let share = share(of: steps) else { continue }
        let points = affordable(share.points(of: chain.test.points), blind, &left)
        guard points > .zero else { continue }
        chain.judgement.verdict = .partial(points)
        // A chain is a step of others: what it has regained they cannot share once more.
        left[chain.test.id] = ScoredTest.judged(chain).lost
        chain.judgement.carried = share
      }
      applied[index] = .judged(chain)
    }
    return applied
  }

  /// The points of the steps whose errors a chain may carry; nil if they are worth nothing.
  private static func share(of steps: [ScoredTest]) -> CarriedShare? {
    let best = steps.map(\.maxScore).total
    return best > .zero ? CarriedShare(earned: steps.map(\.score).total, of: best) : nil
  }

  /// The points that a chain may have behind steps that hide what it does with their answers.
  ///
  /// A step that answers nothing, or NaN, makes every chain that ends there agree, whatever it
  /// would have done. So all such chains together get no more than these steps lost: who breaks a
  /// step on purpose gains nothing.
  private static func affordable(
    _ points: Points,
    _ blind: Set<String>,
    _ left: inout [String: Points]
  ) -> Points {
    guard !blind.isEmpty else { return points }
    var granted = 0
    for step in blind.sorted() {
      let taken = min(left[step]?.hundredths ?? 0, points.hundredths - granted)
      left[step] = Points(hundredths: (left[step]?.hundredths ?? 0) - taken)
      granted += taken
    }
    return Points(hundredths: granted)
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
  /// The points it did not get.
  var lost: Points { Points(hundredths: maxScore.hundredths - score.hundredths) }
}

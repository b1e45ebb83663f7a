internal import JudgeEvents

/// One slip costs its own step, not every chain through it again.
package enum CarriedErrors {
  /// A chain that is what its steps make of it.
  package struct Chain: Sendable {
    /// Its place among the tests.
    package let place: Int
    /// The chain.
    package let test: JudgedTest
    /// The tests of all steps that lost points, its own or others: any may end it.
    package let charged: [ScoredTest]
  }

  /// The wrong tests that may be wrong by errors of other functions alone, and are no chain that is
  /// known to be what its steps make of it, or to cheat.
  package static func dependents(in tests: [ScoredTest]) -> [Chain] {
    tests.enumerated().compactMap { place, test in
      guard case .judged(let dependent) = test, dependent.judgement.mayDepend else { return nil }
      let charged = charged(for: dependent, in: tests, isAny: true)
      if dependent.judgement.mayCarry {
        switch ruling(on: dependent, in: tests) {
        case .disagrees, .stepsAreRight: break
        case .carried, .nothing: return nil
        }
      }
      // What no other function was stopped in was stopped by itself.
      let isStopped = dependent.judgement.isStopped
      guard !isStopped || charged.contains(where: \.isStopped) else { return nil }
      return Chain(place: place, test: dependent, charged: charged)
    }
  }

  /// The chains that may carry errors, if they hold with right steps too.
  package static func chains(in tests: [ScoredTest]) -> [Chain] {
    tests.enumerated().compactMap { place, test in
      guard case .judged(let chain) = test, chain.judgement.mayCarry else { return nil }
      guard ruling(on: chain, in: tests) == .carried else { return nil }
      return Chain(place: place, test: chain, charged: charged(for: chain, in: tests))
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
      guard case .judged(let test) = tests[index], test.judgement.mayDepend else { continue }
      let ruled = test.judgement.mayCarry ? ruled(test, applied) : excused(test, applied)
      applied[index] = .judged(ruled ?? test)
    }
    return applied
  }

  private static func ruling(on chain: JudgedTest, in tests: [ScoredTest]) -> CarryRuling {
    CarryRuling(
      on: chain,
      steps: steps(of: chain, in: tests),
      charged: charged(for: chain, in: tests)
    )
  }

  /// The chain with the points that the ruling leaves it, and what staff is told of it.
  private static func ruled(_ chain: JudgedTest, _ tests: [ScoredTest]) -> JudgedTest {
    var chain = chain
    switch ruling(on: chain, in: tests) {
    case .nothing(let reason): chain.judgement.issues.append("flag: \(reason)")
    case .disagrees: return excused(chain, tests) ?? chain
    case .stepsAreRight:
      if let excused = excused(chain, tests) { return excused }
      chain.judgement.issues.append(
        "flag: all steps whose errors it could carry have full points: nothing is carried"
      )
    case .carried where chain.judgement.standIn == .alone: break
    case .carried:
      if let reason = chain.judgement.standIn.objection {
        chain.judgement.issues.append("flag: \(reason): nothing is carried")
      } else {
        chain.carry(share(of: chain, chain.judgement.standIn, in: tests))
      }
    }
    return chain
  }

  /// A test with the points that it has where its functions build on right ones; nil if it is wrong
  /// there too.
  private static func excused(_ test: JudgedTest, _ tests: [ScoredTest]) -> JudgedTest? {
    guard let excuse = test.judgement.excuse, excuse.objection == nil else { return nil }
    var test = test
    test.carry(share(of: test, excuse, in: tests))
    return test
  }

  /// The steps that the rubric names, and those that lost points and end the chain or what is put
  /// together in its place.
  private static func steps(of chain: JudgedTest, in tests: [ScoredTest]) -> [ScoredTest] {
    let (carries, ending) = (Set(chain.test.carries ?? []), chain.judgement.endingSteps)
    return tests.filter { carries.contains($0.id) || ending.contains($0.id) && $0.isCharged }
  }

  /// The tests that lost points and that a chain can end in: steps of any chain, or any test for
  /// one that names no steps, but none that has this one among its own steps.
  private static func charged(
    for chain: JudgedTest,
    in tests: [ScoredTest],
    isAny: Bool = false
  ) -> [ScoredTest] {
    let steps = chain.judgement.endingSteps.union(tests.flatMap(\.carries))
    let isAny = isAny || chain.test.carries?.isEmpty == true
    return tests.filter { test in
      test.isCharged && test.id != chain.test.id && (isAny || steps.contains(test.id))
        && !Self.steps(below: test, in: tests).contains(chain.test.id)
    }
  }

  private static func steps(below test: ScoredTest, in tests: [ScoredTest]) -> Set<String> {
    var (ids, next) = (Set<String>(), Set(test.carries))
    while !next.isSubset(of: ids) {
      ids.formUnion(next)
      next = Set(tests.filter { ids.contains($0.id) }.flatMap(\.carries))
    }
    return ids
  }

  /// The points of the steps whose errors a chain may carry, whether they answer wrongly or not at
  /// all; its own where they are worth nothing, since then their errors cost it nothing.
  ///
  /// A chain that right steps make partly right keeps the share of that part.
  private static func share(
    of chain: JudgedTest,
    _ standIn: Judgement.StandIn,
    in tests: [ScoredTest]
  ) -> CarriedShare {
    let carries = Set(chain.test.carries ?? [])
    let steps = tests.filter { carries.contains($0.id) }
    let best = steps.map(\.maxScore).total
    let share =
      best > .zero
      ? CarriedShare(earned: steps.map(\.score).total, of: best)
      : CarriedShare(earned: chain.test.points, of: chain.test.points)
    guard case .partly(let awarded) = standIn else { return share }
    let points = share.points(of: min(awarded, chain.test.points))
    return CarriedShare(earned: points, of: chain.test.points)
  }
}

extension JudgedTest {
  /// Gives it this share of its points, if that is more than it has.
  fileprivate mutating func carry(_ share: CarriedShare) {
    let points = share.points(of: test.points)
    guard points > score else { return }
    judgement.carry(points, share)
  }
}

extension Judgement {
  /// Gives a chain these points for its steps, and keeps how it ended.
  fileprivate mutating func carry(_ points: Points, _ share: CarriedShare) {
    switch verdict {
    case .crashed(let end): crash = end
    case .notRun(let reason):
      blocker = reason
      findings.removeAll { if case .notImplemented = $0 { true } else { false } }
    case .timedOut(let limit): timeLimit = limit
    case .outOfMemory(let limit): memoryLimitMiB = limit
    case .passed, .partial, .failed, .badReply, .pending, .notJudged: break
    }
    (verdict, carried) = (.partial(points), share)
  }
}

extension Judgement.StandIn {
  /// The reason why the chain's answers prove nothing.
  fileprivate var objection: String? {
    switch self {
    case .right, .partly, .alone: nil
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
    guard of > .zero else { return .zero }
    return Points(hundredths: points.hundredths * earned.hundredths / of.hundredths)
  }
}

extension Judgement {
  /// True if it is a chain's, whose error may be its steps'.
  package var mayCarry: Bool { mayDepend && !chains.isEmpty }

  /// True if other functions may be the reason that points are lost.
  package var mayDepend: Bool {
    switch verdict {
    case .failed, .partial, .crashed, .notRun, .timedOut, .outOfMemory: true
    case .passed, .badReply, .pending, .notJudged: false
    }
  }

  /// True if a limit ended it: what its steps answer would only meet that limit again.
  package var isStopped: Bool {
    switch verdict {
    case .timedOut, .outOfMemory: true
    case .passed, .partial, .failed, .crashed, .badReply, .pending, .notRun, .notJudged: false
    }
  }
}

extension Judgement {
  /// The steps without an answer to go on with, where that ends the chain or its composition.
  fileprivate var endingSteps: Set<String> {
    guard chains.contains(where: { $0.end != nil }) || compositions.contains(where: \.hasEnd) else {
      return []
    }
    return Set(compositions.flatMap(\.steps).filter(\.isBlind).map(\.test))
  }
}

extension Composition {
  fileprivate var hasEnd: Bool { answers.end != nil }
}

extension ScoredTest {
  /// True if a limit ended it.
  fileprivate var isStopped: Bool {
    if case .judged(let judged) = self { judged.judgement.isStopped } else { false }
  }

  /// The steps whose errors it may carry, if it was judged now.
  fileprivate var carries: [String] {
    if case .judged(let judged) = self { judged.test.carries ?? [] } else { [] }
  }

  /// True if it has not all points by itself: a chain can have them by what it carries.
  var isCharged: Bool { status != .passed }
}

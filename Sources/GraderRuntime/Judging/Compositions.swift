import Foundation
import GraderCore
import JudgeEvents
import JudgeOrders
import Sandbox

/// Puts wrong chains together from the student's own steps, after all tests, each in a worker that
/// never ran the chain.
struct Compositions: Sendable {
  let runner: TestRunner
  let limits: GradingLimits
  /// The number of chains that are put together at once.
  let jobs: Int

  /// The tests, with what the steps of wrong chains give.
  func added(to tests: [ScoredTest]) throws(GraderFault) -> [ScoredTest] {
    let chains = tests.enumerated().compactMap { index, test -> (Int, JudgedTest)? in
      guard case .judged(let judged) = test, judged.test.carries?.isEmpty == false,
        judged.judgement.mayCarry, !judged.judgement.isStopped
      else { return nil }
      return (index, judged)
    }
    let composed = try Concurrent.map(chains, jobs: jobs) { place, chain throws(GraderFault) in
      var composed = chain
      composed.judgement.compositions = try compositions(of: chain.test)
      return (place, ScoredTest.judged(composed))
    }
    var added = tests
    for (place, test) in composed { added[place] = test }
    return added
  }

  /// The ids of the tests whose steps each chain is put together from, by the chain's id.
  func steps(of tests: [Assignment.Test]) throws(GraderFault) -> [String: Set<String>] {
    let chains = tests.filter { $0.carries?.isEmpty == false }
    let asked = try Concurrent.map(chains, jobs: jobs) { test throws(GraderFault) in
      (test.id, Set(try compositions(of: test).flatMap(\.steps).map(\.test)))
    }
    return Dictionary(uniqueKeysWithValues: asked)
  }

  private func compositions(of test: Assignment.Test) throws(GraderFault) -> [Composition] {
    let limits = limits.applying(test.limits)
    guard let run = try runner.finished(test, work: .compose, limits: limits) else {
      throw GraderFault(
        .broken,
        "The hidden test \(test.id) (\(test.method)) does not put its chain together.",
        remedy: "Grade again, or run `grader validate`."
      )
    }
    return run.events.compactMap { event in
      if case .composed(let composition) = event { composition } else { nil }
    }
  }
}

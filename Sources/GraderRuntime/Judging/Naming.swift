import Foundation
import GraderCore
import Synchronization

/// Names the slips behind wrong answers, once all tests have their points.
///
/// It comes last and has a budget of its own, so that no verdict and no points depend on it.
struct Naming: Sendable {
  let slips: SlipFinder
  let runner: TestRunner
  let budget: NamingBudget
  /// The number of tests that are asked again at once.
  let jobs: Int
  /// Told when something has to be prepared first, which is slow.
  let progress: @Sendable (String) -> Void
  private let spent = ProcessorTime()

  init(
    _ slips: SlipFinder,
    runner: TestRunner,
    budget: NamingBudget,
    jobs: Int,
    progress: @escaping @Sendable (String) -> Void
  ) {
    (self.slips, self.runner, self.budget) = (slips, runner, budget)
    (self.jobs, self.progress) = (jobs, progress)
  }

  /// The result of the search behind one test.
  fileprivate enum Finding: Sendable {
    case slip(String)
    case nothing
    case notLookedFor(because: String)
  }

  /// The tests, in which wrong answers have the names of their slips.
  func applied(to tests: [ScoredTest]) -> [ScoredTest] {
    let wrong = tests.indices.filter { tests[$0].mayHaveSlip }
    let asked = affordable(wrong, of: tests)
    let next = Atomic(0)
    announce(asked.count, of: tests)
    let findings = Mutex<[Int: Finding]>([:])
    DispatchQueue.concurrentPerform(iterations: min(jobs, asked.count)) { _ in
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < asked.count, case .judged(let judged) = tests[asked[place]] else { return }
        let finding = finding(behind: judged)
        findings.withLock { $0[asked[place]] = finding }
      }
    }
    let found = findings.withLock { $0 }
    var named = tests
    for index in wrong {
      let tooMany = Finding.notLookedFor(because: "it takes too many questions")
      named[index] = named[index].with(found[index] ?? tooMany)
    }
    return named
  }

  /// The tests, first come first served, whose questions the budget holds.
  private func affordable(_ wrong: [Int], of tests: [ScoredTest]) -> [Int] {
    var left = budget.questions
    return wrong.filter { index in
      guard case .judged(let judged) = tests[index] else { return false }
      // Once for the inputs on which mistakes are known, and once by the mistake that is found.
      let needed = 2 * judged.judgement.replies.count
      guard needed <= left else { return false }
      left -= needed
      return true
    }
  }

  /// Gives the points at once where names take long.
  private func announce(_ count: Int, of tests: [ScoredTest]) {
    let isReady = tests.allSatisfy { test in
      guard test.mayHaveSlip, case .judged(let judged) = test else { return true }
      return (try? slips.isPrepared(for: judged.test)) ?? true
    }
    guard count > 0, budget.cpuSeconds > 0, !isReady else { return }
    let id = slips.kit.assignment.assignment.id
    progress(
      """
      \(tests.map(\.score).total) of \(tests.map(\.maxScore).total) points in the tests. Naming \
      the slips of \(count) of them, for which planted mistakes are built once; \
      `grader prepare \(id)` does so ahead.
      """
    )
  }

  private func finding(behind judged: JudgedTest) -> Finding {
    guard judged.usage?.cpuSeconds ?? 0 <= NamingBudget.longestRepeatedSeconds else {
      return .notLookedFor(because: "the test takes too long")
    }
    guard spent.seconds < Double(budget.cpuSeconds) else {
      return .notLookedFor(because: "the \(budget.cpuSeconds) s of processor time were used up")
    }
    let (test, replies) = (judged.test, judged.judgement.replies)
    do throws(GraderFault) {
      if try !slips.isPrepared(for: test) { progress("Naming the slip of \(test.id).") }
      let slip = try slips.slip(behind: replies, of: test, runner: runner, spent: spent)
      return slip.map { .slip($0) } ?? .nothing
    } catch {
      // The points stand, whatever is wrong with a planted mistake; `grader validate` tells.
      return .notLookedFor(because: error.what)
    }
  }
}

extension ScoredTest {
  /// True if it may be that a planted mistake answers alike.
  fileprivate var mayHaveSlip: Bool {
    guard case .judged(let judged) = self else { return false }
    return judged.judgement.verdict.isWrongAnswer && judged.judgement.carried == nil
      && SlipFinder.canName(judged.judgement.replies)
  }

  /// The same with what was found; staff is told where nobody looked.
  fileprivate func with(_ finding: Naming.Finding) -> ScoredTest {
    guard case .judged(var judged) = self else { return self }
    switch finding {
    case .slip(let slip): judged.judgement.slip = slip
    case .nothing: break
    case .notLookedFor(let reason):
      judged.judgement.issues.append("Its slip was not looked for: \(reason).")
    }
    return .judged(judged)
  }
}

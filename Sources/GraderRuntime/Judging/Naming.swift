import GraderCore

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
    let wrong = tests.enumerated().compactMap { place, test in
      test.withSlip.map { (place: place, test: $0) }
    }
    // Once for the inputs on which mistakes are known, and once by the mistake that is found.
    let places = budget.affordable(wrong.map { 2 * $0.test.judgement.replies.count })
    let asked = places.map { wrong[$0] }
    announce(asked.map(\.test), of: tests)
    let lost = Set(tests.filter { $0.score < $0.maxScore && $0.status != .notJudged }.map(\.id))
    let findings = Concurrent.map(asked, jobs: jobs) {
      ($0.place, finding(behind: $0.test, losing: lost))
    }
    let found = Dictionary(uniqueKeysWithValues: findings)
    var named = tests
    let tooMany = Finding.notLookedFor(because: "it takes too many questions")
    for (place, test) in wrong { named[place] = .judged(test.with(found[place] ?? tooMany)) }
    return named
  }

  /// Gives the points at once where names take long.
  private func announce(_ asked: [JudgedTest], of tests: [ScoredTest]) {
    let isReady = asked.allSatisfy { (try? slips.isPrepared(for: $0.test)) ?? true }
    guard budget.cpuSeconds > 0, !isReady else { return }
    let id = slips.kit.assignment.assignment.id
    progress(
      """
      \(tests.map(\.score).total) of \(tests.map(\.maxScore).total) points in the tests. Naming \
      the slips of \(asked.count) of them, for which planted mistakes are built once; \
      `grader prepare \(id)` does so ahead.
      """
    )
  }

  private func finding(behind judged: JudgedTest, losing lost: Set<String>) -> Finding {
    guard judged.usage?.cpuSeconds ?? 0 <= NamingBudget.longestRepeatedSeconds else {
      return .notLookedFor(because: "the test takes too long")
    }
    guard spent.seconds < Double(budget.cpuSeconds) else {
      return .notLookedFor(because: "the \(budget.cpuSeconds) s of processor time were used up")
    }
    let (test, replies) = (judged.test, judged.judgement.replies)
    do throws(GraderFault) {
      if try !slips.isPrepared(for: test) { progress("Naming the slip of \(test.id).") }
      let slip = try slips.slip(
        behind: replies,
        of: test,
        losing: lost,
        runner: runner,
        spent: spent
      )
      return slip.map { .slip($0) } ?? .nothing
    } catch {
      // The points stand, whatever is wrong with a planted mistake; `grader validate` tells.
      return .notLookedFor(because: error.what)
    }
  }
}

extension ScoredTest {
  /// A test with wrong answers, which a planted mistake may explain; nil if it has none.
  fileprivate var withSlip: JudgedTest? {
    guard case .judged(let judged) = self, judged.judgement.verdict.isWrongAnswer,
      judged.judgement.carried == nil, SlipFinder.canName(judged.judgement.replies)
    else { return nil }
    return judged
  }
}

extension JudgedTest {
  /// The same with what was found; staff is told where nobody looked.
  fileprivate func with(_ finding: Naming.Finding) -> JudgedTest {
    var judged = self
    switch finding {
    case .slip(let slip): judged.judgement.slip = slip
    case .nothing: break
    case .notLookedFor(let reason):
      judged.judgement.issues.append("Its slip was not looked for: \(reason).")
    }
    return judged
  }
}

/// The most that naming the slips of one submission may cost; none of it is the student's.
package struct NamingBudget: Sendable {
  /// Questions that the student's code may be asked over again, in all.
  ///
  /// A submission needs as many on every machine, so the same slips are named everywhere.
  package var questions = 10_000
  /// Processor time, in seconds, for what questions do not count: planted mistakes that nobody has
  /// built and asked before, and answers that take long.
  package var cpuSeconds = 240

  /// More processor time than this is not spent once more on one test.
  static let longestRepeatedSeconds = 20.0

  /// The usual budget.
  package init() {}

  /// The places of those tests, first come first served, whose questions the budget holds.
  ///
  /// One that takes too many leaves room for smaller ones behind it.
  func affordable(_ questions: [Int]) -> [Int] {
    var left = self.questions
    return questions.indices.filter { place in
      guard questions[place] <= left else { return false }
      left -= questions[place]
      return true
    }
  }
}

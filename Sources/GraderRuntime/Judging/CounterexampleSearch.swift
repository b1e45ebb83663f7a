import GraderCore
import JudgeEvents
import JudgeOrders

/// Searches small inputs on which a student's functions are wrong, once all tests have points.
///
/// Each search has fresh workers, which have seen no question of the suite, so that what they
/// answer may be shown. No verdict and no points depend on it.
struct CounterexampleSearch: Sendable {
  let runner: TestRunner
  let assignment: Assignment
  let limits: GradingLimits

  /// The number of tests that are searched at once.
  let jobs: Int
  /// The most questions for all of a submission.
  let questions: Int

  /// The usual number of them.
  static let usualQuestions = 200
  /// The most questions for one test.
  private static let mostOfTest = 64
  /// The most workers of a test that may end.
  private static let mostDeaths = 3
  /// The time of an answer, in milliseconds: where a loop is looked for, and elsewhere.
  private static let (shortTime, longTime) = (200, 2_000)
  /// The backstop of all searches together, which only code that dawdles on small inputs comes to.
  private static let longestSearch = Duration.seconds(20)

  /// The tests, with what was found for those that lost points; those with most points come first.
  func applied(to tests: [ScoredTest]) -> [ScoredTest] {
    var searched = tests
    var open = tests.enumerated().compactMap { place, test -> (place: Int, test: JudgedTest)? in
      guard case .judged(let judged) = test, judged.judgement.isSearchable else { return nil }
      return (place, judged)
    }.sorted { ($1.test.test.points, $0.place) < ($0.test.test.points, $1.place) }[...]
    func end(_ searches: [(Int, ExampleSearch)]) {
      for (place, search) in searches {
        guard case .judged(var judged) = searched[place] else { continue }
        judged.judgement.search = search
        searched[place] = .judged(judged)
      }
    }
    var left = questions
    let deadline = SuspendingClock.now + Self.longestSearch
    while !open.isEmpty, left > 0, SuspendingClock.now < deadline {
      // So many at once that each can have all its questions: how many ran at once shows nowhere.
      let wave = open.prefix(max(1, left / Self.mostOfTest))
      let most = min(Self.mostOfTest, left)
      let searches = Concurrent.map(Array(wave), jobs: jobs) { place, test in
        (place, search(test, atMost: most))
      }
      left -= searches.compactMap(\.1.questions).reduce(0, +)
      end(searches)
      open = open.dropFirst(wave.count)
    }
    let reason: ExampleSearch.Reason = left > 0 ? .disturbed : .questions
    end(open.map { ($0.place, ExampleSearch(notSearched: reason)) })
    return searched
  }

  private func search(_ judged: JudgedTest, atMost left: Int) -> ExampleSearch {
    let isSlow = judged.judgement.verdict.isTimeOut
    var bounds = SearchLimits(
      questions: min(Self.mostOfTest, left),
      milliseconds: isSlow ? Self.shortTime : Self.longTime
    )
    var limits = limits.applying(judged.test.limits)
    limits.testCPUSeconds = min(limits.testCPUSeconds, 2)
    limits.testWallSeconds = min(limits.testWallSeconds, 5)
    var last: Search?
    for _ in 0..<Self.mostDeaths {
      guard let run = try? runner.finished(judged.test, work: .search(bounds), limits: limits)
      else { break }
      guard let search = Self.result(of: run.events) else {
        return ExampleSearch(notSearched: .noSmallInputs)
      }
      last = search
      guard let ended = search.ended, !bounds.deadly.contains(ended) else { break }
      bounds.deadly.append(ended)
    }
    guard let last else { return ExampleSearch(notSearched: .disturbed) }
    // A machine that is out of breath is no reason to call a function slow.
    var found = last.found
    switch found?.ending {
    case .late where !isSlow: found = nil
    case .ended where isSlow: found?.ending = .late(milliseconds: Self.shortTime)
    default: break
    }
    if found != nil {
      // What is wrong only behind other questions is no case that a student can try.
      (bounds.verdicts, bounds.deadly) = (last.verdicts, [])
      guard let run = try? runner.finished(judged.test, work: .search(bounds), limits: limits)
      else { return ExampleSearch(notSearched: .disturbed) }
      if Self.result(of: run.events)?.found == nil { found = nil }
    }
    return ExampleSearch(
      questions: last.verdicts.count,
      found: found,
      by: found.flatMap { assignment.signature(of: $0.function) },
      show: assignment.counterexamples?.show
    )
  }

  private static func result(of events: [JudgeEvent]) -> Search? {
    for case .searched(let result) in events { return result }
    return nil
  }
}

extension Verdict {
  fileprivate var isTimeOut: Bool { if case .timedOut = self { true } else { false } }
}

extension Judgement {
  /// True if a small input may show what is wrong: a stub is wrong everywhere, a carried error is
  /// shown where it was made, and differences are nearly right.
  fileprivate var isSearchable: Bool {
    guard carried == nil else { return false }
    switch verdict {
    case .failed, .partial, .crashed, .timedOut, .outOfMemory: break
    case .passed, .pending, .badReply, .notRun, .notJudged: return false
    }
    return !findings.contains { finding in
      switch finding {
      case .notImplemented, .differenced: true
      default: false
      }
    }
  }
}

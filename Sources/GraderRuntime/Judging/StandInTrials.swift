import Foundation
import GraderCore
import JudgeEvents

/// Asks wrong chains once more where the solution's functions stand in for the steps that lost
/// points.
///
/// An answer of a step can hide what a chain does with it, on purpose or not; the solution's hides
/// nothing. It comes after all tests, and none of it is the student's time.
struct StandInTrials: Sendable {
  let runner: TestRunner
  let standIns: StandIns
  let limits: GradingLimits
  /// True if chains need no proof: they are the solution's.
  let trustsChains: Bool
  /// The number of chains that are asked at once.
  let jobs: Int
  /// Makes a program of files; nil if they do not compile.
  let build: @Sendable ([Submission.File]) throws(GraderFault) -> WorkerProgram?

  /// The functions that others stand in for while a chain is asked.
  private struct Replacement {
    var functions: Set<String>
    /// False if a step that lost points keeps its function, or one that nobody knows.
    var isWhole: Bool
  }

  /// A question that is asked once more.
  private struct Trial: Sendable {
    var chain: CarriedErrors.Chain
    var replacement: Replacement
    /// False for a test that only builds on other functions.
    var isChain: Bool
  }

  /// The tests, with what wrong ones are worth where others stand in for the functions that they
  /// build on.
  func added(to tests: [ScoredTest]) throws(GraderFault) -> [ScoredTest] {
    let asked = functions(asked: tests)
    let chains = CarriedErrors.chains(in: tests).filter { _ in !trustsChains }.map {
      Trial(chain: $0, replacement: replacement(for: $0, asked), isChain: true)
    }
    let trials = chains + dependents(in: tests, asked)
    let wanted = Set(trials.map(\.replacement.functions).filter { !$0.isEmpty })
    let programs = try Concurrent.map(Array(wanted), jobs: jobs) { functions throws(GraderFault) in
      (functions, try program(functions))
    }
    let known = Dictionary(uniqueKeysWithValues: programs)
    let tried = try Concurrent.map(trials, jobs: jobs) { trial throws(GraderFault) in
      let functions = trial.replacement.functions
      return try outcome(of: trial, known[functions] ?? nil)
    }
    var added = trustsChains ? trusting(tests) : tests
    for (trial, outcome) in zip(trials, tried) {
      guard case .judged(var test) = added[trial.chain.place] else { continue }
      if trial.isChain { test.judgement.standIn = outcome } else { test.judgement.excuse = outcome }
      added[trial.chain.place] = .judged(test)
    }
    return added
  }

  private func trusting(_ tests: [ScoredTest]) -> [ScoredTest] {
    tests.map { test in
      guard case .judged(var chain) = test else { return test }
      // One that names no steps ends by itself: no planted mistake makes a step of it end.
      chain.judgement.standIn = chain.test.carries == [] ? .alone : .right
      return .judged(chain)
    }
  }

  private func outcome(
    of trial: Trial,
    _ program: WorkerProgram?
  ) throws(GraderFault) -> Judgement.StandIn {
    let replaced = trial.replacement
    guard let program else {
      if replaced.functions.isEmpty, replaced.isWhole { return .alone }
      return .untried(
        because: replaced.functions.isEmpty
          ? "which functions they are is not known" : Self.failure
      )
    }
    let test = trial.chain.test.test
    let run = try runner.with(program).finished(test, limits: limits.applying(test.limits))
    guard let run else {
      // Points that hang on it are not lost by a fault of ours.
      throw GraderFault(
        .broken,
        "The hidden test \(test.id) (\(test.method)) told nothing of the solution's functions.",
        remedy: "Grade again, or run `grader validate`."
      )
    }
    if run.succeeded { return .right }
    // What is not optimized may have been stopped only for being slow.
    if !program.latest.isOptimized, run.events.contains(where: \.isEndOfWorker) {
      return .untried(because: Self.failure)
    }
    if replaced.isWhole, let awarded = awarded(in: run.events) { return .partly(awarded) }
    return replaced.isWhole ? .wrong : .untried(because: "a function is declared in another way")
  }

  private static let failure = "with it the files do not compile"

  /// The points that the test gives a chain that is not wholly right, if its worker lived.
  private func awarded(in events: [JudgeEvent]) -> Points? {
    var points: Points?
    for event in events {
      switch event {
      case .awarded(let hundredths) where hundredths > 0: points = Points(hundredths: hundredths)
      case .workerEnded, .badReply: return nil
      default: continue
      }
    }
    return points
  }

  private func program(_ functions: Set<String>) throws(GraderFault) -> WorkerProgram? {
    try standIns.sources(of: functions).flatMap(build)
  }

  // MARK: Functions

  /// The functions that each test is about, as far as they were asked or are in a file that could
  /// not be used.
  private func functions(asked tests: [ScoredTest]) -> [String: Set<String>] {
    var functions: [String: Set<String>] = [:]
    for case .judged(let judged) in tests {
      let judgement = judged.judgement
      if case .notJudged = judgement.verdict { continue }
      functions[judged.test.id, default: []].formUnion(judgement.replies.map(\.function))
      if let function = judgement.function { functions[judged.test.id]?.insert(function) }
      if judgement.replies.isEmpty, case .notRun(let blocker) = judgement.verdict {
        functions[judged.test.id]?.formUnion(
          standIns.functions(of: judged.test.part, blockedBy: blocker)
        )
      }
      for step in judgement.compositions.flatMap(\.steps) {
        functions[step.test, default: []].insert(step.function)
      }
    }
    return functions
  }

  /// The tests whose own functions build on ones that lost points.
  private func dependents(in tests: [ScoredTest], _ asked: [String: Set<String>]) -> [Trial] {
    let dependents = CarriedErrors.dependents(in: tests)
    guard !dependents.isEmpty else { return [] }
    let calls = PossibleCalls(in: standIns.own, of: standIns.parts)
    return dependents.compactMap { dependent in
      let test = dependent.test.test
      let own = asked[test.id] ?? []
      // A test that met none of its part's functions may still come to them.
      guard !own.isDisjoint(with: standIns.functions(of: test.part)) else { return nil }
      let charged = dependent.charged.reduce(into: Set()) { $0.formUnion(asked[$1.id] ?? []) }
      let wanted = charged.intersection(calls.supports(of: own))
      let functions = standIns.replaceable(wanted)
      guard !functions.isEmpty else { return nil }
      let replacement = Replacement(functions: functions, isWhole: functions == wanted)
      return Trial(chain: dependent, replacement: replacement, isChain: false)
    }
  }

  /// The functions of the steps that lost points, without the chain's own.
  private func replacement(
    for chain: CarriedErrors.Chain,
    _ asked: [String: Set<String>]
  ) -> Replacement {
    // Nothing is known of a step that was not judged, unless the chain's composition asks it.
    let steps = chain.charged.filter { $0.status != .notJudged || asked[$0.id] != nil }
      .map { asked[$0.id] ?? [] }
    let wanted = steps.reduce(into: Set()) { $0.formUnion($1) }
      .subtracting(asked[chain.test.test.id] ?? [])
    let functions = standIns.replaceable(wanted)
    return Replacement(
      functions: functions,
      isWhole: functions == wanted && !steps.contains(where: \.isEmpty)
    )
  }
}

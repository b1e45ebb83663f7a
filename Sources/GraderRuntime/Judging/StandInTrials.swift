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
  /// The number of chains that are asked at once.
  let jobs: Int
  /// Makes a build in a folder of its own.
  let build: @Sendable (WorkFolder) -> PartwiseBuild

  /// A worker, which lives as long as its folder.
  private struct Program: Sendable {
    let work: WorkFolder
    let executable: String
  }

  /// The tests, with what wrong chains are worth where others stand in for their steps.
  func added(to tests: [ScoredTest]) throws(GraderFault) -> [ScoredTest] {
    let chains = CarriedErrors.chains(in: tests)
    let asked = Self.functions(asked: tests)
    let wanted = Set(chains.compactMap { Self.functions(replacedFor: $0, asked) })
    let programs = try Concurrent.map(Array(wanted), jobs: jobs) { functions throws(GraderFault) in
      (functions, try program(functions))
    }
    let known = Dictionary(uniqueKeysWithValues: programs)
    let tried = try Concurrent.map(chains, jobs: jobs) { chain throws(GraderFault) in
      var test = chain.test
      test.judgement.standIn = try trial(of: chain, asked, known)
      return (chain.place, ScoredTest.judged(test))
    }
    var added = tests
    for (place, test) in tried { added[place] = test }
    return added
  }

  private func trial(
    of chain: CarriedErrors.Chain,
    _ asked: [String: Set<String>],
    _ programs: [Set<String>: Program?]
  ) throws(GraderFault) -> Judgement.StandIn {
    guard let functions = Self.functions(replacedFor: chain, asked) else {
      return .untried(because: "which functions they are is not known")
    }
    guard let program = programs[functions] ?? nil else {
      return .untried(because: "with it the files do not compile")
    }
    let test = chain.test.test
    for _ in 0..<2 {
      let run = try runner.with(worker: program.executable)
        .run(test, limits: limits.applying(test.limits))
      // XCTest itself hangs once in a great while.
      if let succeeded = run.events.lazy.compactMap(\.success).first {
        return succeeded ? .right : .wrong
      }
    }
    return .untried(because: "the hidden test told nothing")
  }

  private func program(_ functions: Set<String>) throws(GraderFault) -> Program? {
    guard let sources = standIns.sources(of: functions) else { return nil }
    let work = try WorkFolder()
    return try build(work).whole(sources).map { Program(work: work, executable: $0.executable) }
  }

  // MARK: Functions

  /// The functions that each test is about, as far as they were asked.
  private static func functions(asked tests: [ScoredTest]) -> [String: Set<String>] {
    var functions: [String: Set<String>] = [:]
    for case .judged(let judged) in tests {
      let judgement = judged.judgement
      functions[judged.test.id, default: []].formUnion(judgement.replies.map(\.function))
      if let function = judgement.function { functions[judged.test.id]?.insert(function) }
      for step in judgement.compositions.flatMap(\.steps) {
        functions[step.test, default: []].insert(step.function)
      }
    }
    return functions
  }

  /// The functions of the steps that lost points; nil if one is not known, or is the chain itself.
  private static func functions(
    replacedFor chain: CarriedErrors.Chain,
    _ asked: [String: Set<String>]
  ) -> Set<String>? {
    var functions: Set<String> = []
    for step in chain.charged {
      guard let own = asked[step.id], !own.isEmpty else { return nil }
      functions.formUnion(own)
    }
    return functions.isDisjoint(with: asked[chain.test.test.id] ?? []) ? functions : nil
  }
}

extension JudgeEvent {
  /// XCTest's opinion of the test, if this is its end.
  fileprivate var success: Bool? {
    if case .finished(_, let succeeded) = self { succeeded } else { nil }
  }
}

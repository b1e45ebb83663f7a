package import ClassCore
import Foundation
import Gradebook
package import GraderCore
package import GraderRuntime

/// Grades a class: what has no grade yet, a few at a time, each written down when it is ready.
package final class Batch {
  /// The caller's choices about a run.
  package struct Options: Sendable {
    /// The number of submissions that are graded at once.
    package var jobs: Int
    /// The assignment of all; found from each archive's content if nil.
    package var assignment: String?
    /// The tests' seed; derived from suite and submission if nil.
    package var seed: UInt64?
    /// The part of the class to grade; all of it if nil.
    package var shard: Shard?

    package init(jobs: Int?, assignment: String? = nil, seed: UInt64? = nil, shard: Shard? = nil) {
      self.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
      self.assignment = assignment
      self.seed = seed
      self.shard = shard
    }
  }

  /// The number of tests of a submission that run at once when others are graded beside it.
  ///
  /// While one worker is being jailed or buried the other computes, and no processor waits; what a
  /// test may take on the clock is twice what it may compute, so that it has as long as alone.
  static let testsAtOnce = 2

  private let clerk: Clerk
  private let folder: ResultsFolder
  private let options: Options
  private let progress: any BatchProgress

  private var tally: BatchTally
  private var queue: ArraySlice<Work>
  /// The work that was looked at and waits for its turn; it comes before work that was not looked
  /// at.
  private var ready: [Work] = []
  /// Attempts that wait for the grade of the same content, by its key.
  private var waiting: [String: [Clerk.Looked]] = [:]
  /// Attempts that cannot be graded as they are, whose assignment the others tell.
  private var refused: [Attempt] = []
  /// Attempts that may work another time.
  private var again: [Attempt] = []
  private var assignments: [String: Int] = [:]

  /// After so long a submission no longer keeps others waiting.
  private static let patience = Duration.seconds(15)

  /// A run over these attempts, which the gradebook knows.
  package init(
    _ attempts: [Attempt],
    workshop: Workshop,
    folder: ResultsFolder,
    options: Options,
    progress: any BatchProgress
  ) throws(GraderFault) {
    let mine = attempts.enumerated().filter { options.shard?.contains(place: $0.offset) ?? true }
      .map(\.element)
    self.folder = folder
    self.options = options
    self.progress = progress
    clerk = Clerk(
      workshop: workshop,
      folder: folder,
      standings: try folder.withBook { try $0.standings() },
      seed: options.seed,
      reason: .batch
    )
    tally = BatchTally(total: mine.count)
    queue = mine.map { .look($0, chosen: options.assignment, acceptsRefusal: false) }[...]
  }

  /// Something to do on a thread.
  private enum Work: Sendable {
    case look(Attempt, chosen: String?, acceptsRefusal: Bool)
    case grade(Clerk.Looked, TakenIn?, chosen: String?)

    var attempt: Attempt {
      switch self {
      case .look(let attempt, _, _): attempt
      case .grade(let looked, _, _): looked.attempt
      }
    }
  }

  private enum Outcome: Sendable {
    case found(Clerk.Finding)
    case graded(Grade)
    case fault(GraderFault)
  }

  /// Grades what has no grade.
  package func run() -> BatchTally {
    pass()
    // What nobody can read belongs to the assignment of the others.
    let chosen =
      options.assignment ?? assignments.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    let isRetry = !again.isEmpty
    queue += refused.map { .look($0, chosen: chosen, acceptsRefusal: true) }
    queue += again.map { .look($0, chosen: options.assignment, acceptsRefusal: true) }
    (refused, again) = ([], [])
    if isRetry { progress.note("Trying again what may only have been out of luck.") }
    isLastPass = true
    pass()
    return tally
  }

  private var isLastPass = false

  private func pass() {
    let (clerk, jobs) = (clerk, options.jobs)
    let tests = tally.total - tally.done < jobs ? max(jobs, Self.testsAtOnce) : Self.testsAtOnce
    let pool = WorkPool<Work, Outcome>(jobs: jobs, patience: Self.patience)
    pool.run(
      next: { ready.popLast() ?? queue.popFirst() },
      perform: { work in
        do throws(GraderFault) {
          switch work {
          case .look(let attempt, let chosen, let acceptsRefusal):
            return .found(
              try clerk.look(at: attempt, chosen: chosen, acceptsRefusal: acceptsRefusal)
            )
          case .grade(let looked, let taken, let chosen):
            return .graded(
              try clerk.grade(looked, taken, chosen: chosen, options: .init(jobs: tests))
            )
          }
        } catch {
          return .fault(error)
        }
      },
      finished: { finish($0, $1) },
      tick: { running in
        progress.update(
          tally,
          current: running.map { work in
            BatchText.Current(
              name: work.work.attempt.slug,
              seconds: (SuspendingClock.now - work.since) / .seconds(1)
            )
          }
        )
      }
    )
  }

  // MARK: Results

  private func finish(_ work: Work, _ outcome: Outcome) {
    let attempt = work.attempt
    switch (outcome, work) {
    case (.found(.unchanged), _):
      tally.unchanged += 1
      if let id = clerk.standings[attempt.id]?.assignment { assignments[id, default: 0] += 1 }
    case (.found(.shared(let grade)), _):
      tally.shared += 1
      count(grade)
      progress.finished(attempt.slug, grade, tally, how: "the same content was graded before")
    case (.found(.refused), _):
      refused.append(attempt)
    case (.found(.ungraded(let looked, let taken)), .look(_, let chosen, _)):
      if waiting[looked.key] != nil {
        waiting[looked.key]?.append(looked)
      } else {
        waiting[looked.key] = []
        ready.append(.grade(looked, taken, chosen: chosen))
      }
    case (.graded(let grade), .grade(let looked, _, _)):
      tally.graded += 1
      count(grade)
      progress.finished(attempt.slug, grade, tally, how: "graded")
      settle(looked.key)
    case (.fault(let fault), _):
      failed(attempt, fault)
      if case .grade(let looked, _, _) = work { retry(looked.key) }
    case (.found(.ungraded), .grade), (.graded, .look):
      preconditionFailure("a look gives a finding, and grading a grade")
    }
  }

  private func count(_ grade: Grade) {
    if let id = grade.assignment, grade.status != .unreadable { assignments[id, default: 0] += 1 }
  }

  /// Gives those who waited the grade that is there now.
  private func settle(_ key: String) {
    for looked in waiting.removeValue(forKey: key) ?? [] {
      do throws(GraderFault) {
        guard case .shared(let grade) = try clerk.found(looked) else { continue }
        tally.shared += 1
        progress.finished(looked.attempt.slug, grade, tally, how: "the same content")
      } catch {
        failed(looked.attempt, error)
      }
    }
  }

  /// The first of those who waited tries in its turn.
  private func retry(_ key: String) {
    var others = waiting.removeValue(forKey: key) ?? []
    guard !others.isEmpty else { return }
    let first = others.removeFirst()
    waiting[key] = others
    ready.append(.grade(first, nil, chosen: options.assignment))
  }

  private func failed(_ attempt: Attempt, _ fault: GraderFault) {
    if fault.kind == .temporary, !isLastPass {
      again.append(attempt)
      return
    }
    let kind = fault.kind == .usage ? GraderFault.Kind.broken : fault.kind
    let withheld = BatchTally.Withheld(
      name: attempt.slug,
      kind: kind.rawValue,
      reason: fault.description
    )
    tally.withheld.append(withheld)
    // If even this fails, the attempt has no grade, and the next run finds it without one.
    try? folder.withBook {
      try $0.withhold(attempt.id, kind: kind.rawValue, reason: withheld.reason)
    }
    progress.finished(withheld, tally)
  }
}

/// A listener to the progress of a run.
package protocol BatchProgress {
  /// Called several times a second.
  func update(_ tally: BatchTally, current: [BatchText.Current])
  /// An attempt has its grade.
  func finished(_ name: String, _ grade: Grade, _ tally: BatchTally, how: String)
  /// An attempt's grade is withheld.
  func finished(_ withheld: BatchTally.Withheld, _ tally: BatchTally)
  /// Something worth knowing.
  func note(_ text: String)
}

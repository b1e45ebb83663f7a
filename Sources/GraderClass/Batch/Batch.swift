package import ClassCore
import Foundation
import Gradebook
package import GraderCore
package import GraderRuntime
import Synchronization

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
  private var queue: ArraySlice<Attempt>
  /// The contents that are being graded, by the keys of their grades.
  private let claims = Claims()
  /// Attempts that wait for the grade of the same content, by its key.
  private var waiting: [String: [Clerk.Looked]] = [:]
  /// Attempts that cannot be graded as they are, whose assignment the others tell.
  private var refused: [Attempt] = []
  /// Attempts that may work another time.
  private var again: [Attempt] = []
  private var assignments: [String: Int] = [:]

  /// After so long a submission no longer keeps others waiting.
  static let patience = Duration.seconds(15)

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
    queue = mine[...]
  }

  /// The result of work on a thread.
  private enum Outcome: Sendable {
    case found(Clerk.Finding)
    case planned(Clerk.Looked)
    case graded(Grade, key: String)
    case fault(GraderFault, key: String?)
  }

  /// Settles what needs no grading, and tells what does: each content once, with the assignment
  /// that its intake was told and all who handed it in.
  func plan() -> (tally: BatchTally, open: [Planned]) {
    onlyLooks = true
    // Threads are ready in any order; the same class gives the same plan.
    let places = Dictionary(uniqueKeysWithValues: queue.map(\.id).enumerated().map { ($1, $0) })
    func place(_ looked: Clerk.Looked) -> Int { places[looked.attempt.id] ?? .max }
    let tally = run()
    for index in planned.indices {
      planned[index].owners += waiting[planned[index].owners[0].key] ?? []
      planned[index].owners.sort { place($0) < place($1) }
    }
    return (tally, planned.sorted { place($0.owners[0]) < place($1.owners[0]) })
  }

  /// Content that has to be graded.
  struct Planned {
    /// All who handed it in, the first first.
    var owners: [Clerk.Looked]
    var chosen: String?
  }

  private var onlyLooks = false
  private var planned: [Planned] = []

  /// Grades what has no grade.
  package func run() -> BatchTally {
    pass(chosen: options.assignment, acceptsRefusal: false)
    isFirstPass = false
    // What nobody can read belongs to the assignment of the others.
    let chosen =
      options.assignment ?? assignments.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    queue = refused[...]
    pass(chosen: chosen, acceptsRefusal: true)
    guard !again.isEmpty else { return tally }
    progress.note("Trying again what may only have been out of luck.")
    queue = again[...]
    pass(chosen: options.assignment, acceptsRefusal: true)
    return tally
  }

  private var isFirstPass = true

  /// Works on all that is in the queue.
  private func pass(chosen: String?, acceptsRefusal: Bool) {
    let (clerk, claims, jobs, onlyLooks) = (clerk, claims, options.jobs, onlyLooks)
    let note = { @Sendable [progress] (text: String) in progress.note(text) }
    let tests = tally.total - tally.done < jobs ? max(jobs, Self.testsAtOnce) : Self.testsAtOnce
    WorkPool<Attempt, Outcome>(jobs: jobs, patience: Self.patience).run(
      next: { queue.popFirst() },
      perform: { attempt in
        var key: String?
        do throws(GraderFault) {
          let finding = try clerk.look(at: attempt, chosen: chosen, acceptsRefusal: acceptsRefusal)
          guard case .ungraded(let looked, let taken) = finding, claims.make(looked.key) else {
            return .found(finding)
          }
          if onlyLooks { return .planned(looked) }
          key = looked.key
          // Between the look and the claim somebody may have been ready with it.
          if let finding = try clerk.found(looked) { return .found(finding) }
          var options = Workshop.Options(jobs: tests)
          (options.preparationJobs, options.keepsObjects) = (jobs, true)
          options.progress = note
          let grade = try clerk.grade(looked, taken, chosen: chosen, options: options)
          return .graded(grade, key: looked.key)
        } catch {
          return .fault(error, key: key)
        }
      },
      finished: { finish($0, $1, chosen: chosen) },
      tick: { running in
        progress.update(
          tally,
          current: running.map { work in
            BatchText.Current(
              name: work.work.slug,
              seconds: (SuspendingClock.now - work.since) / .seconds(1)
            )
          }
        )
      }
    )
  }

  // MARK: Results

  private func finish(_ attempt: Attempt, _ outcome: Outcome, chosen: String?) {
    switch outcome {
    case .planned(let looked):
      planned.append(Planned(owners: [looked], chosen: chosen))
      if let id = looked.submission?.assignment { assignments[id, default: 0] += 1 }
    case .found(.unchanged):
      tally.unchanged += 1
      if let id = clerk.standings[attempt.id]?.assignment { assignments[id, default: 0] += 1 }
    case .found(.shared(let grade)):
      tally.shared += 1
      count(grade, of: attempt)
      progress.finished(attempt.slug, grade, tally, how: "the same content was graded before")
    case .found(.refused):
      refused.append(attempt)
    case .found(.ungraded(let looked, _)):
      waiting[looked.key, default: []].append(looked)
      if !claims.holds(looked.key) { settle(looked.key) }
    case .graded(let grade, let key):
      tally.graded += 1
      count(grade, of: attempt)
      progress.finished(attempt.slug, grade, tally, how: "graded")
      claims.release(key)
      settle(key)
    case .fault(let fault, let key):
      failed(attempt, fault)
      guard let key else { return }
      claims.release(key)
      settle(key)
    }
  }

  private func count(_ grade: Grade, of attempt: Attempt) {
    if let notes = grade.intake.staffNotes {
      tally.notes.append(.init(name: attempt.slug, text: notes.joined(separator: " ")))
    }
    if let id = grade.assignment, grade.status != .unreadable { assignments[id, default: 0] += 1 }
  }

  /// Gives those who waited the grade that is there now; without one they try in their turn.
  private func settle(_ key: String) {
    for looked in waiting.removeValue(forKey: key) ?? [] {
      do throws(GraderFault) {
        switch try clerk.found(looked) {
        case .shared(let grade):
          tally.shared += 1
          progress.finished(looked.attempt.slug, grade, tally, how: "the same content")
        case nil: queue.append(looked.attempt)
        case .unchanged, .ungraded, .refused: break
        }
      } catch {
        failed(looked.attempt, error)
      }
    }
  }

  private func failed(_ attempt: Attempt, _ fault: GraderFault) {
    if fault.kind == .temporary, isFirstPass {
      again.append(attempt)
      return
    }
    let withheld = folder.withhold(attempt, fault)
    tally.withheld.append(withheld)
    progress.finished(withheld, tally)
  }
}

/// The keys of grades that are being made, each by one thread.
private final class Claims: Sendable {
  private let keys = Mutex<Set<String>>([])

  /// Takes a key, unless another has it.
  func make(_ key: String) -> Bool { keys.withLock { $0.insert(key).inserted } }

  func holds(_ key: String) -> Bool { keys.withLock { $0.contains(key) } }

  func release(_ key: String) { keys.withLock { _ = $0.remove(key) } }
}

/// A listener to the progress of a run.
package protocol BatchProgress: Sendable {
  /// Called several times a second.
  func update(_ tally: BatchTally, current: [BatchText.Current])
  /// An attempt has its grade.
  func finished(_ name: String, _ grade: Grade, _ tally: BatchTally, how: String)
  /// An attempt's grade is withheld.
  func finished(_ withheld: BatchTally.Withheld, _ tally: BatchTally)
  /// Something worth knowing.
  func note(_ text: String)
}

package import ClassCore
import Foundation
import GraderCore
package import GraderRuntime
import Synchronization

/// An attempt at a shard of a plan: grades what has no verdict yet, each written down when it is
/// ready.
///
/// It needs the plan, the originals and the course, and no gradebook and no other machine.
package struct ShardRun {
  private let run: RunFolder
  private let shard: Shard
  private let originals: String
  private let jobs: Int
  private let progress = ProgressPrinter()

  /// So many faults in a row are a fault of the machine.
  private static let mostFaultsInARow = 5

  /// An attempt at a shard of the run in a folder of results.
  package init(_ run: RunFolder, _ shard: Shard, results: String, jobs: Int?) {
    (self.run, self.shard, originals) = (run, shard, "\(results)/originals")
    self.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
  }

  /// Grades.
  ///
  /// - Parameter workshop: Makes the workshop; what is wrong with it is a fault of the machine.
  /// - Returns: A sentence on what became of it; every submission has a verdict.
  /// - Throws: `GraderFault` when some submission has none: `temporary` if another machine may do
  ///   better.
  package func perform(
    in workshop: () throws(GraderFault) -> Workshop
  ) throws(GraderFault) -> String {
    let before = run.ledger(of: shard)
    guard !before.isFinished else { return try result(before, graded: 0) }
    let file = try run.open(shard, environment: ProcessInfo.processInfo.environment)
    let ready: Workshop
    do throws(GraderFault) {
      ready = try workshop()
    } catch {
      throw refusal(error, in: file)
    }
    do throws(GraderFault) {
      try prove(before.work, in: ready)
    } catch {
      let refusal = refusal(error, in: file)
      // A plan that is out of date is so on all machines.
      throw error.kind == .usage ? error : refusal
    }
    Interruption.atInterruption { try? file.add(.ended(interrupted: true)) }
    defer { Interruption.atInterruption(nil) }
    try grade(before, in: ready, file)
    try file.add(.ended(interrupted: false))
    progress.end()
    let after = run.ledger(of: shard)
    return try result(after, graded: after.verdicts.count - before.verdicts.count)
  }

  private func result(_ ledger: ShardLedger, graded: Int) throws(GraderFault) -> String {
    let all = ledger.work.count
    let text =
      "Shard \(shard.index) of \(shard.count): \(graded) graded now, "
      + "\(ledger.verdicts.count) of \(all) have a verdict."
    guard ledger.isFinished else {
      throw GraderFault(.temporary, text, remedy: "The same command goes on from here.")
    }
    guard ledger.deadly.isEmpty else {
      let names = ledger.deadly.map { Printable.line($0.shown, longest: 60) }
      throw GraderFault(
        .broken,
        "\(text) Graders died while they graded \(names.joined(separator: ", ")).",
        remedy: "Look at these archives on a machine of your own."
      )
    }
    return text
  }

  // MARK: The machine

  /// Makes sure that this machine grades as the plan was made for, and grades rightly.
  private func prove(_ work: [RunPlan.Submission], in workshop: Workshop) throws(GraderFault) {
    let seed = run.plan.means.seed.flatMap { UInt64($0) }
    for submission in work {
      guard let id = submission.assignment, let digest = submission.digest else { continue }
      let key = try workshop.key(submission: (id, digest), seed: seed)
      if key != submission.key { throw try mismatch(id, in: workshop) }
    }
    for id in Set(work.compactMap(\.assignment)).sorted() { try workshop.prove(id) }
  }

  private func mismatch(_ id: String, in workshop: Workshop) throws(GraderFault) -> GraderFault {
    let (plan, parts) = (run.plan.means, try workshop.keyParts(of: id))
    guard plan.suites[id] == parts.suite, plan.grader == Workshop.version else {
      return GraderFault(
        .usage,
        "The course or the grader is another than when the plan was frozen.",
        remedy: "Run `grader batch` with its engine again, which freezes a new one."
      )
    }
    let what = plan.toolchain == parts.toolchain ? "jail" : "toolchain"
    return GraderFault(.unavailable, "Its \(what) is another than the plan's.")
  }

  /// Writes down why nothing is graded.
  private func refusal(_ fault: GraderFault, in file: AttemptFile) -> GraderFault {
    try? file.add(.refused(reason: Printable.line(fault.what, longest: 500)))
    try? file.add(.ended(interrupted: false))
    return GraderFault(
      .temporary,
      "This machine grades nothing of shard \(shard.index): \(fault.what)",
      remedy: fault.remedy,
      detail: fault.detail
    )
  }

  // MARK: Grading

  /// Words between threads.
  private final class State: Sendable {
    let values = Mutex(Values())

    struct Values {
      var tally: BatchTally
      var faultsInARow = 0
      var again: [RunPlan.Submission] = []
      /// The end of it all: nothing can be written, or nothing works.
      var halt: GraderFault?

      init() { tally = BatchTally(total: 0) }
    }
  }

  private func grade(
    _ ledger: ShardLedger,
    in workshop: Workshop,
    _ file: AttemptFile
  ) throws(GraderFault) {
    let state = State()
    let left = ledger.unfinished
    state.values.withLock {
      $0.tally = BatchTally(total: ledger.work.count)
      $0.tally.unchanged = ledger.verdicts.count
    }
    // A start died on each of the suspects. Alone, the next death has one cause.
    try pass(left.fresh, jobs: jobs, workshop, file, state)
    let again = state.values.withLock { values in
      defer { values.again = [] }
      return values.again
    }
    try pass(again, jobs: jobs, workshop, file, state, isLast: true)
    try pass(left.suspects, jobs: 1, workshop, file, state, isLast: true)
  }

  private func pass(
    _ work: [RunPlan.Submission],
    jobs: Int,
    _ workshop: Workshop,
    _ file: AttemptFile,
    _ state: State,
    isLast: Bool = false
  ) throws(GraderFault) {
    var queue = work[...]
    let tests = work.count < jobs ? max(jobs, Batch.testsAtOnce) : Batch.testsAtOnce
    // Where each is to be alone, slow work keeps its place.
    let patience = jobs == 1 ? Duration.seconds(86_400) : Batch.patience
    WorkPool<RunPlan.Submission, Void>(jobs: jobs, patience: patience).run(
      next: { state.values.withLock { $0.halt != nil } ? nil : queue.popFirst() },
      perform: { submission in
        do throws(GraderFault) {
          try file.add(.started(key: submission.key))
          var options = Workshop.Options(jobs: tests)
          options.preparationJobs = self.jobs
          options.seed = run.plan.means.seed.flatMap { UInt64($0) }
          options.progress = { progress.note($0) }
          let grade = try Self.grade(submission, in: workshop, originals, options)
          try file.add(
            .graded(key: submission.key, verdict: grade.verdictDigest, grade: grade)
          )
          succeeded(submission, grade, state)
        } catch {
          failed(submission, error, file, state, isLast: isLast)
        }
      },
      finished: { _, _ in },
      tick: { running in
        progress.update(
          state.values.withLock { $0.tally },
          current: running.map { work in
            BatchText.Current(
              name: work.work.shown,
              seconds: (SuspendingClock.now - work.since) / .seconds(1)
            )
          }
        )
      }
    )
    if let fault = state.values.withLock({ $0.halt }) { throw fault }
  }

  private static func grade(
    _ submission: RunPlan.Submission,
    in workshop: Workshop,
    _ originals: String,
    _ options: Workshop.Options
  ) throws(GraderFault) -> Grade {
    let archive = try Archive(
      path: Archive.place(of: submission.archive, in: originals),
      name: submission.name,
      keptIn: originals
    )
    guard archive.digest == submission.archive else {
      throw GraderFault(.broken, "The original of \(submission.shown) is not as it was kept.")
    }
    let taken = try workshop.takeIn(archive, chosen: submission.chosen)
    return try workshop.grade(taken, options: options)
  }

  private func succeeded(_ submission: RunPlan.Submission, _ grade: Grade, _ state: State) {
    let tally = state.values.withLock { values in
      values.faultsInARow = 0
      values.tally.graded += 1
      return values.tally
    }
    progress.finished(submission.shown, grade, tally, how: "graded")
  }

  private func failed(
    _ submission: RunPlan.Submission,
    _ fault: GraderFault,
    _ file: AttemptFile,
    _ state: State,
    isLast: Bool
  ) {
    let recorded = AttemptRecord.RecordedFault(fault)
    let written = Result { () throws(GraderFault) in
      try file.add(.failed(key: submission.key, fault: recorded))
    }
    let withheld = BatchTally.Withheld(
      name: submission.shown,
      kind: recorded.kind,
      reason: recorded.reason
    )
    let tally = state.values.withLock { values in
      values.faultsInARow += 1
      if case .failure(let fault) = written { values.halt = values.halt ?? fault }
      if values.faultsInARow >= Self.mostFaultsInARow {
        values.halt =
          values.halt
          ?? GraderFault(
            .temporary,
            "\(values.faultsInARow) faults in a row, so this machine is left alone: \(fault.what)"
          )
      }
      if fault.kind == .temporary, !isLast {
        values.again.append(submission)
      } else {
        values.tally.withheld.append(withheld)
      }
      return values.tally
    }
    progress.finished(withheld, tally)
  }
}

extension AttemptRecord.RecordedFault {
  /// A fault as it is written down: whoever named an archive, it was the grader.
  init(_ fault: GraderFault) {
    let kind = fault.kind == .usage ? GraderFault.Kind.broken : fault.kind
    self.init(
      kind: kind.rawValue,
      reason: fault.summary.replacing("\n", with: " "),
      detail: fault.detail
    )
  }
}

package import ClassCore
import Foundation
import Gradebook
import GraderCore
package import GraderRuntime

extension ClassRun {
  /// The result of planning.
  package enum Planning {
    /// Work for many machines, and what was settled at once.
    case frozen(RunFolder)
    /// Everybody has a grade, and this is the account.
    case settled(tally: BatchTally, summary: String)
  }

  /// Takes in the class, settles what needs no grading, and freezes the rest as a plan.
  ///
  /// The verdicts of an earlier plan are taken over first.
  ///
  /// - Parameters:
  ///   - workshop: As for a run.
  ///   - shards: The number of shards for so many submissions.
  /// - Returns: The plan, or the account if there is nothing to plan.
  /// - Throws: `GraderFault`.
  package func plan(
    in workshop: Workshop,
    shards: (_ submissions: Int) -> Int
  ) throws(GraderFault) -> Planning {
    let earlier = try? RunFolder(in: results)
    if let earlier { try refuse(toReplace: earlier) }
    let progress = ProgressPrinter()
    let opened = try open(in: workshop, progress, copiesBook: true)
    let folder = opened.folder
    if let earlier { _ = try folder.take(earlier) }
    var (tally, planned) = try Batch(
      opened.attempts,
      workshop: workshop,
      folder: folder,
      options: batch,
      progress: progress
    ).plan()
    progress.end()
    tally.unsettled = opened.input.unsettled
    guard !planned.isEmpty else {
      let summary = try folder.finish(
        tally,
        policy: opened.policy,
        course: workshop.course,
        writesForPeople: writesForPeople,
        seconds: progress.seconds,
        findings: opened.input.findings
      )
      return .settled(tally: tally, summary: summary)
    }
    let plan = RunPlan(
      means: try means(of: planned, in: workshop, folder),
      shards: shards(planned.count),
      submissions: planned.map { submission(of: $0, in: workshop) },
      tally: tally,
      findings: opened.input.findings
    )
    // What the earlier attempts brought is on disk before they go.
    try folder.close()
    return .frozen(try RunFolder(freezing: plan, in: folder.files))
  }

  /// A plan whose jobs are at work is not replaced under them.
  private func refuse(toReplace plan: RunFolder) throws(GraderFault) {
    guard plan.text("jobs") != nil, SlurmEngine(plan).jobs()?.isEmpty == false else { return }
    throw GraderFault(
      .usage,
      "Jobs of Slurm are at work on \(results).",
      remedy: "`grader status` tells how it goes, and `grader cancel` ends them."
    )
  }

  private func submission(
    of planned: Batch.Planned,
    in workshop: Workshop
  ) -> RunPlan.Submission {
    let first = planned.owners[0]
    return RunPlan.Submission(
      key: first.key,
      archive: first.handedIn.submission.archiveDigest,
      name: first.handedIn.submission.name,
      shown: first.attempt.slug,
      chosen: planned.chosen,
      submission: first.submission,
      intake: workshop.intakePolicy(chosen: planned.chosen),
      owners: planned.owners.map { owner in
        RunPlan.Owner(
          attempt: owner.attempt.id,
          archive: owner.handedIn.submission.archiveDigest,
          name: owner.handedIn.submission.name
        )
      }
    )
  }

  private func means(
    of planned: [Batch.Planned],
    in workshop: Workshop,
    _ folder: ResultsFolder
  ) throws(GraderFault) -> RunPlan.Means {
    var (suites, toolchain): ([String: String], String) = ([:], "")
    for id in Set(planned.compactMap { $0.owners[0].submission?.assignment }) {
      let parts = try workshop.keyParts(of: id)
      (suites[id], toolchain) = (parts.suite, parts.toolchain)
      try folder.note(parts.suite, of: id, by: workshop)
    }
    let policy = "\(results)/policy.yaml"
    return RunPlan.Means(
      grader: Workshop.version,
      toolchain: toolchain,
      jail: workshop.machine.record.level,
      suites: suites,
      policy: Digest.hex(of: Files.exists(policy) ? try Files.read(policy) : []),
      seed: batch.seed.map { "\($0)" }
    )
  }
}

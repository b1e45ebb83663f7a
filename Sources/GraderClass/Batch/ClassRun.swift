package import ClassCore
import Foundation
import Gradebook
import GraderCore
package import GraderRuntime

/// A run over a whole class: takes in what was handed in, grades it, and writes what people read.
package struct ClassRun {
  /// The folder or zip of what was handed in.
  package var path: String
  /// The folder of results.
  package var results: String
  /// A file that says who is in the class; nil for that of an earlier run.
  package var roster: String?
  /// A file that says what the class agreed on; nil for that of an earlier run.
  package var policy: String?
  /// A file that says which commits count; nil for that of an earlier run.
  package var commits: String?
  /// True if students may be told from a system's names alone.
  package var trustsNames = false
  /// See `Batch.Options`.
  package var batch: Batch.Options
  /// The group whose people may use the results too, if they are new; nil for nobody.
  package var group: String?
  /// True if a report, feedback and a table are written too.
  package var writesForPeople = true

  package init(_ path: String, results: String, batch: Batch.Options) {
    (self.path, self.results, self.batch) = (path, results, batch)
  }

  /// Does it all.
  ///
  /// - Returns: The counts, and the words for them.
  /// - Throws: `GraderFault` when the run cannot begin, or its results cannot be written.
  package func run(
    in workshop: Workshop
  ) throws(GraderFault) -> (tally: BatchTally, summary: String) {
    let progress = ProgressPrinter()
    let opened = try open(in: workshop, progress)
    var tally = try grade(opened.attempts, in: workshop, opened.folder, progress)
    tally.unsettled = opened.input.unsettled
    let summary = try opened.folder.finish(
      tally,
      policy: opened.policy,
      course: workshop.course,
      writesForPeople: batch.shard == nil && writesForPeople,
      seconds: progress.seconds,
      findings: opened.input.findings
    )
    return (tally, summary)
  }

  /// A folder of results whose gradebook knows all that was handed in.
  struct Opened {
    var folder: ResultsFolder
    var input: ClassInput
    var policy: ClassPolicy
    var attempts: [Attempt]
  }

  /// Takes in the class, for a gradebook that is used where it lies or in a copy.
  func open(
    in workshop: Workshop,
    _ progress: ProgressPrinter,
    copiesBook: Bool = false
  ) throws(GraderFault) -> Opened {
    try refuseOneFolder()
    let folder = try ResultsFolder(results, creates: true, group: group, copiesBook: copiesBook)
    let (input, policy) = try input(folder, workshop: workshop)
    if let remark = folder.files.remark { progress.note(remark) }
    announce(input, due: policy.due, to: progress)
    let (attempts, gone) = try folder.register(input)
    if !gone.isEmpty {
      progress.note(
        "No longer there: \(gone.count) of an earlier run, so not in reports and tables; the "
          + "gradebook keeps them. See intake.txt."
      )
    }
    try folder.withBook { try $0.set(ResultsFolder.sourceSetting, to: path) }
    return Opened(folder: folder, input: input, policy: policy, attempts: attempts)
  }

  /// Results among the hand-ins would be taken for hand-ins.
  private func refuseOneFolder() throws(GraderFault) {
    guard Files.exists(path), Files.real(path) == Files.real(results) else { return }
    throw GraderFault(
      .usage,
      "\(path) holds what was handed in: results need a folder of their own.",
      remedy: "Name another one with --output."
    )
  }

  /// What was handed in; a folder that was made for it goes away if there is nothing.
  private func input(
    _ folder: ResultsFolder,
    workshop: Workshop
  ) throws(GraderFault) -> (ClassInput, ClassPolicy) {
    do {
      try folder.keep(policy: policy, roster: roster, commits: commits)
      let agreed = try folder.policy()
      let options = ClassInput.Options(
        roster: try folder.roster(),
        policy: agreed,
        commits: try folder.commits(agreed),
        trustsNames: trustsNames,
        assignment: batch.assignment
      )
      let input = try ClassInput(path, options: options, folder: folder, workshop: workshop)
      return (input, options.policy)
    } catch {
      folder.abandon()
      throw error
    }
  }

  private func announce(_ input: ClassInput, due: Date?, to progress: ProgressPrinter) {
    for line in DownloadText.summary(input.plan).split(separator: "\n") {
      progress.note(String(line))
    }
    if let note = DownloadText.untimed(input.attempts, due: due) { progress.note(note) }
  }

  private func grade(
    _ attempts: [Attempt],
    in workshop: Workshop,
    _ folder: ResultsFolder,
    _ progress: ProgressPrinter
  ) throws(GraderFault) -> BatchTally {
    let batch = try Batch(
      attempts,
      workshop: workshop,
      folder: folder,
      options: batch,
      progress: progress
    )
    Interruption.atInterruption { progress.lastWords() }
    let tally = batch.run()
    Interruption.atInterruption(nil)
    progress.end()
    return tally
  }
}

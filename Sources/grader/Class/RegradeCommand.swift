import ArgumentParser
import ClassCore
import GraderClass
import GraderRuntime

/// `grader regrade RESULTS`.
struct RegradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regrade",
    abstract:
      "After a suite changed, run again what the change touches, and say who gained or lost.",
    discussion: """
      A test runs again if its own file in the hidden suite, anything that all tests share, its \
      limits or the toolchain changed. Points and titles are applied without running anything. \
      People's marks stay. --dry-run says it all and changes nothing. Exit status: as for \
      `grader batch`.
      """
  )

  @Argument(help: "The folder that `grader batch` wrote.", completion: .directory)
  var results: String

  @OptionGroup var course: CourseOptions

  @Option(help: "How many submissions are graded at once; by default one for each processor.")
  var jobs: Int?

  @Flag(help: "Whoever would lose points keeps the earlier grade.")
  var neverLower = false

  @Flag(help: "Say what a regrade would change, and write nothing.")
  var dryRun = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more.") }
  }

  func run() throws {
    try Exit.onFault {
      let folder = try ResultsFolder(results, creates: false)
      if let remark = folder.files.remark { Output.note(remark) }
      let workshop = try course.workshop(.reads)
      let progress = ProgressPrinter()
      Interruption.atInterruption { progress.lastWords() }
      let diff = try Regrade(
        workshop: workshop,
        folder: folder,
        jobs: jobs,
        neverLower: neverLower,
        isTrial: dryRun
      ).run(progress: progress)
      Interruption.atInterruption(nil)
      progress.end()
      if !dryRun {
        try folder.writeForPeople(course: workshop.course, policy: try folder.policy())
      }
      let remarks = try folder.remarks(try folder.policy())
      try folder.close()
      print(diff.text)
      for line in remarks { print(line) }
      var tally = BatchTally(total: 0)
      tally.withheld = diff.withheld
      if tally.exitStatus != 0 { throw ExitCode(tally.exitStatus) }
    }
  }
}

import ArgumentParser
import ClassCore
import Foundation
import GraderClass
import GraderRuntime

/// `grader batch PATH`.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Grade a class into a folder of results; goes on where it stopped.",
    discussion: """
      Each grade is written the moment it is ready, so the command can be killed at any time: the \
      same command goes on with what is missing. The same content is never graded twice.

      Recognized are the downloads of Canvas, Moodle, Blackboard, manaba, UTOL, Gradescope and \
      GitHub Classroom, a folder for each student, a folder of archives, and, with --commits, a \
      folder of bare repositories. Nothing is dropped: \
      what is odd is counted on the screen and listed in intake.txt among the results.

      Exit status: 0 everything has a grade, whatever the scores; 64 the command line is wrong; \
      65 all grades are written, and a hand-in could not be taken in or belongs to nobody; \
      69, 70 or 75 some grade is withheld because something is missing here, the grader or the \
      course is broken, or it may work another time; 130 interrupted. With --run: 0 every \
      submission of the shard has a verdict; 75 another machine may do better; 64 and 70 none will.
      """
  )

  @Argument(help: "A folder of submissions, or a learning system's zip.", completion: .file())
  var path: String?

  @OptionGroup var course: CourseOptions

  @OptionGroup(title: "Grading") var grading: GradingOptions

  @Option(
    help: "Grade one part of several, such as 2/4; with --run also auto, as the engine counts."
  )
  var shard: ShardChoice?

  @Option(
    name: .customLong("run"),
    help: "Work on a shard of the plan among these results, and write down its verdicts there.",
    completion: .directory
  )
  var planned: String?

  @Option(help: ArgumentHelp("The digest that the plan must have.", visibility: .hidden))
  var plan: String?

  @Option(help: "Grade on many machines, by this engine: slurm. Freezes a plan, and submits it.")
  var engine: Engine?

  @OptionGroup(title: "Engine") var resources: EngineOptions

  @Flag(help: "Freeze the plan and write the engine's scripts; submit nothing.")
  var dryRun = false

  @Flag(help: "Write grades only: no report, no feedback, no table.")
  var noReport = false

  @Flag(help: "Print the time of each phase, of all submissions together, to standard error.")
  var timings = false

  func validate() throws {
    guard (path == nil) != (planned == nil) else {
      throw ValidationError("Name the submissions, or with --run the results that hold a plan.")
    }
    if planned == nil {
      if plan != nil { throw ValidationError("--plan needs --run.") }
      if shard == .automatic { throw ValidationError("--shard auto needs --run.") }
    } else if shard == nil || engine != nil {
      throw ValidationError("--run needs --shard and nothing of an engine.")
    }
    if engine == nil, dryRun || resources.isUsed {
      throw ValidationError("Options of an engine need --engine.")
    }
    if engine != nil, shard != nil {
      throw ValidationError("--engine makes shards itself: --shards says how many.")
    }
  }

  func run() throws {
    try Exit.onFault {
      if let planned {
        try work(on: planned)
      } else if let path {
        try grade(path)
      }
    }
  }

  /// An attempt at a shard of a plan.
  private func work(on results: String) throws {
    let run = try RunFolder.demand(in: results, expected: plan)
    let shard: Shard
    do throws(ShardChoice.Misfit) {
      shard = try (self.shard ?? .automatic).shard(
        of: run.plan.shards,
        environment: ProcessInfo.processInfo.environment
      )
    } catch {
      throw GraderFault(.usage, error.sentence)
    }
    let attempt = ShardRun(run, shard, results: results, jobs: grading.jobs)
    print(try attempt.perform { () throws(GraderFault) in try course.workshop(.reads) })
  }

  private func grade(_ path: String) throws {
    var run = try grading.classRun(over: path, course: course.course)
    run.writesForPeople = !noReport
    let workshop = try course.workshop(.reads)
    defer { if timings { Output.note(workshop.phases.text) } }
    guard engine != nil else {
      if case .part(let shard) = shard { run.batch.shard = shard }
      return try Self.run(run, in: workshop)
    }
    let runner = EngineRunner(run: run, resources: resources, course: course)
    try runner.perform(in: workshop, submits: !dryRun)
  }

  /// Runs over a class, and prints what became of it.
  ///
  /// - Throws: `GraderFault`, or the exit status if grades are withheld.
  static func run(_ run: ClassRun, in workshop: Workshop) throws {
    let (tally, summary) = try run.run(in: workshop)
    try Exit.end(tally, summary)
  }
}

extension ShardChoice: ExpressibleByArgument {
  /// As on the command line.
  public init?(argument: String) { self.init(argument) }
}

import ArgumentParser
import ClassCore
import GraderClass
import GraderRuntime

/// `grader plan PATH`.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Freeze what has to be graded as shards, for machines that some engine runs.",
    discussion: """
      The plan lies in run/ among the results, with its digest. Any engine can work on it: \
      `grader batch --run RESULTS --shard 3/20` on each machine, or with `--shard auto` as the \
      engine counts, and `grader merge RESULTS` at the end, whatever became of the shards.
      """
  )

  @Argument(help: "A folder of submissions, or a learning system's zip.", completion: .file())
  var path: String

  @OptionGroup var course: CourseOptions

  @OptionGroup(title: "Grading") var grading: GradingOptions

  @Option(help: "The number of shards; by default some minutes of work are one.")
  var shards: Int?

  func validate() throws {
    if let shards, shards < 1 { throw ValidationError("--shards must be 1 or more.") }
  }

  func run() throws {
    try Exit.onFault {
      let run = try grading.classRun(over: path, course: course.course)
      let planning = try run.plan(in: try course.workshop(.reads)) { submissions in
        shards ?? RunPlan.usualShards(submissions: submissions, cores: 1, running: nil)
      }
      switch planning {
      case .frozen(let frozen):
        let plan = frozen.plan
        print("\(plan.submissions.count) submissions in \(plan.shards) shards: \(frozen.digest)")
      case .settled(let tally, let summary): try Exit.end(tally, summary)
      }
    }
  }
}

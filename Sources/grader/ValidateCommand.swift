import ArgumentParser
import GradeFormats
import GraderCore
import GraderRuntime

/// `grader validate ASSIGNMENT`.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Prove a hidden suite by its solution, variants and planted mistakes.",
    discussion: """
      Exit status: 0 the suite can be trusted; 1 it cannot. With --only: 0 what was tried loses \
      points just where it must; 1 it does not.
      """
  )

  @Argument(help: "The assignment's id.")
  var assignment: String

  @OptionGroup var course: CourseOptions

  @Option(help: "Seeds for the solution.")
  var seeds = 20

  @Option(help: "Seeds for each variant and planted mistake; by default a twentieth of --seeds.")
  var otherSeeds: Int?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Try these variants and planted mistakes alone, by name or pattern; no proof of the suite.",
      discussion: "`*` stands for anything; upper and lower case are alike.",
      valueName: "name"
    )
  )
  var only: [String] = []

  @Option(help: "How many tests run at once; by default one for each processor.")
  var jobs: Int?

  @Flag(help: "Print JSON and not a table.")
  var json = false

  func validate() throws {
    guard seeds > 0, otherSeeds ?? 1 > 0, jobs ?? 1 > 0 else {
      throw ValidationError("--seeds, --other-seeds and --jobs must be 1 or more.")
    }
  }

  func run() throws {
    try Exit.onFault {
      let validator = try Validator(
        try course.workshop(.reads),
        assignment: assignment,
        seeds: .init(solution: seeds, others: otherSeeds ?? max(1, seeds / 20)),
        only: only,
        jobs: jobs,
        progress: { Output.note($0) }
      )
      let validation = try validator.run()
      let text =
        json ? try JSONText.encode(validation) : ValidationTable.text(for: validation)
      try Output.write(text, to: nil)
      if !validation.isGood { throw ExitCode(1) }
    }
  }
}

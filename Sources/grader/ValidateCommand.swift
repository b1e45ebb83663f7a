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
      points just where it must; 1 it does not. With --fairness: 0 all slips have a fair price; 1 \
      they have not.
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

  @Flag(
    help: ArgumentHelp(
      "Measure what slips cost, and prove nothing else.",
      discussion: """
        Each function is lost in five ways: by its planted mistakes, a trap, an error, a missing \
        `public` and an error at compile time. Each must cost the function's own tests and the \
        share of the chains through it, and no more. Functions are printed with what they cost, \
        the dearest first.
        """
    )
  )
  var fairness = false

  @Flag(
    help: ArgumentHelp(
      "Search counterexamples of planted mistakes, and prove nothing else.",
      discussion: """
        Each is run as a test in the handout: it must fail on its mistake and pass on the solution.
        """
    )
  )
  var counterexamples = false

  @Option(
    help: "With --fairness or --counterexamples: how many slips, drawn at random; by default all."
  )
  var slips: Int?

  @Option(help: "With --fairness: how many pairs of slips, drawn at random.")
  var pairs = 20

  @Option(help: "With --fairness or --counterexamples: the seed of what is drawn.")
  var draw: UInt64 = 1

  @Option(help: "How many tests run at once; by default one for each processor.")
  var jobs: Int?

  @Flag(help: "Print JSON and not a table.")
  var json = false

  func validate() throws {
    guard seeds > 0, otherSeeds ?? 1 > 0, jobs ?? 1 > 0 else {
      throw ValidationError("--seeds, --other-seeds and --jobs must be 1 or more.")
    }
    guard slips ?? 0 >= 0, pairs >= 0 else {
      throw ValidationError("--slips and --pairs must be 0 or more.")
    }
    guard !(fairness || counterexamples) || only.isEmpty else {
      throw ValidationError("Slips are drawn at random here; leave --only out.")
    }
    guard !fairness || !counterexamples else {
      throw ValidationError("--fairness and --counterexamples are two proofs: ask for one.")
    }
  }

  func run() throws {
    try Exit.onFault {
      if fairness { return try runFairness() }
      try counterexamples ? runCounterexamples() : runValidation()
    }
  }

  private func runCounterexamples() throws {
    let trial = try CounterexampleTrial(
      try course.workshop(.reads),
      assignment: assignment,
      slips: slips,
      draw: draw,
      jobs: jobs,
      progress: { Output.note($0) }
    )
    let tally = try trial.run()
    try Output.write(json ? try JSONText.encode(tally) : tally.text, to: nil)
    if !tally.isGood { throw ExitCode(1) }
  }

  private func runFairness() throws {
    let trial = try FairnessTrial(
      try course.workshop(.reads),
      assignment: assignment,
      amount: .init(slips: slips, pairs: pairs, seeds: otherSeeds ?? 1, draw: draw),
      jobs: jobs,
      progress: { Output.note($0) }
    )
    let prices = try trial.run()
    let text = json ? try JSONText.encode(prices) : FairnessTable.text(for: prices)
    try Output.write(text, to: nil)
    if !prices.isGood { throw ExitCode(1) }
  }

  private func runValidation() throws {
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

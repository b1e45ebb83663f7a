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
      course is broken, or it may work another time; 130 interrupted.
      """
  )

  @Argument(help: "A folder of submissions, or a learning system's zip.", completion: .file())
  var path: String

  @OptionGroup var course: CourseOptions

  @Option(name: [.short, .long], help: "The results; by default PATH-results here.")
  var output: String?

  @Option(help: "A group whose people may use new results too; by default they are yours alone.")
  var group: String?

  @OptionGroup var people: ClassOptions

  @Option(
    help: "A list of NAME, COMMIT, TIME: what counts of bare repositories, and when it came.",
    completion: .file(extensions: ["csv", "txt"])
  )
  var commits: String?

  @Option(help: "The assignment's id; by default each archive's content tells.")
  var assignment: String?

  @Option(help: "How many submissions are graded at once; by default one for each processor.")
  var jobs: Int?

  @Option(help: "The seed of the hidden tests; by default it follows from the content.")
  var seed: UInt64?

  @Option(help: "Grade one part of several, such as 2/4; `grader merge` joins their results.")
  var shard: Shard?

  @Flag(help: "Print the time of each phase, of all submissions together, to standard error.")
  var timings = false

  @Flag(help: "Write grades only: no report, no feedback, no table.")
  var noReport = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more.") }
  }

  func run() throws {
    try Exit.onFault {
      if let assignment { _ = try Course.find(explicit: course.course).assignment(assignment) }
      try people.check()
      if let commits { _ = try CommitFile.read(commits) }
      var run = ClassRun(
        path,
        results: output ?? Self.defaultOutput(for: path),
        batch: Batch.Options(jobs: jobs, assignment: assignment, seed: seed, shard: shard)
      )
      (run.roster, run.policy, run.trustsNames) = (people.roster, people.policy, people.yes)
      run.commits = commits
      (run.group, run.writesForPeople) = (group, !noReport)
      let workshop = try course.workshop(.reads)
      defer { if timings { Output.note(workshop.phases.text) } }
      try Self.run(run, in: workshop)
    }
  }

  /// Runs over a class, and prints what became of it.
  ///
  /// - Throws: `GraderFault`, or the exit status if grades are withheld.
  static func run(_ run: ClassRun, in workshop: Workshop) throws {
    let (tally, summary) = try run.run(in: workshop)
    print(summary)
    if tally.exitStatus != 0 { throw ExitCode(tally.exitStatus) }
  }

  /// `NAME-results` in the current folder.
  private static func defaultOutput(for path: String) -> String {
    let name = URL(filePath: path).standardizedFileURL.deletingPathExtension().lastPathComponent
    return "\(name)-results"
  }
}

extension Shard: ExpressibleByArgument {
  /// As on the command line.
  public init?(argument: String) { self.init(argument) }
}

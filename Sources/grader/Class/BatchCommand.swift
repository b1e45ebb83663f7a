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
      GitHub Classroom, a folder for each student, and a folder of archives. Nothing is dropped: \
      what is odd is counted on the screen and listed in intake.txt among the results.

      Exit status: 0 everything has a grade, whatever the scores; 64 the command line is wrong; \
      69, 70 or 75 some grade is withheld because something is missing here, the grader or the \
      course is broken, or it may work another time; 130 interrupted.
      """
  )

  @Argument(help: "A folder of submissions, or a learning system's zip.", completion: .file())
  var path: String

  @OptionGroup var course: CourseOptions

  @Option(name: [.short, .long], help: "The results; by default PATH-results here.")
  var output: String?

  @OptionGroup var people: ClassOptions

  @Option(help: "The assignment's id; by default each archive's content tells.")
  var assignment: String?

  @Option(help: "How many submissions are graded at once; by default one for each processor.")
  var jobs: Int?

  @Option(help: "The seed of the hidden tests; by default it follows from the content.")
  var seed: UInt64?

  @Option(help: "Grade one part of several, such as 2/4; `grader merge` joins their results.")
  var shard: Shard?

  @Flag(help: "Write grades only: no report, no feedback, no table.")
  var noReport = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more.") }
  }

  func run() throws {
    try Exit.onFault {
      if let assignment { _ = try Course.find(explicit: course.course).assignment(assignment) }
      try people.check()
      let workshop = try course.workshop()
      let folder = try ResultsFolder(output ?? Self.defaultOutput(for: path), creates: true)
      let options: ClassInput.Options
      let input: ClassInput
      do {
        options = try people.input(folder)
        input = try ClassInput(path, options: options, folder: folder, machine: workshop.machine)
      } catch {
        folder.abandon()
        throw error
      }
      let progress = ProgressPrinter()
      for line in DownloadText.summary(input.plan).split(separator: "\n") {
        progress.note(String(line))
      }
      if let note = DownloadText.untimed(input.attempts, due: options.policy.due) {
        progress.note(note)
      }
      let (attempts, gone) = try folder.register(input)
      if !gone.isEmpty {
        progress.note(
          "No longer there: \(gone.count) of an earlier run, so not in reports and tables; the "
            + "gradebook keeps them. See intake.txt."
        )
      }
      let batch = try Batch(
        attempts,
        workshop: workshop,
        folder: folder,
        options: Batch.Options(jobs: jobs, assignment: assignment, seed: seed, shard: shard),
        progress: progress
      )
      Interruption.atInterruption { progress.lastWords() }
      let tally = batch.run()
      Interruption.atInterruption(nil)
      progress.end()
      try folder.settle(input, policy: options.policy)
      if shard == nil, !noReport {
        try folder.writeForPeople(course: workshop.course, policy: options.policy)
      }
      let odd = try folder.oddOnes()
      try folder.close()
      print(
        BatchText.summary(tally, odd: odd, seconds: progress.seconds, folder: folder.path)
      )
      if tally.exitStatus != 0 { throw ExitCode(tally.exitStatus) }
    }
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

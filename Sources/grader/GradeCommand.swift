import ArgumentParser
import ClassCore
import Foundation
import GradeFormats
import GraderCore
import GraderRuntime

/// `grader [grade] FILE`.
struct GradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade",
    abstract: "Grade one archive and print the result as JSON.",
    discussion: """
      Exit status: 0 a grade was produced, whatever the score; 1 it is below --fail-under; \
      64 the command line is wrong; 69 something that grading needs is missing here; \
      70 the grader or the course is broken; 75 try again later. The last four withhold the \
      grade and leave standard output empty.
      """
  )

  @Argument(help: "A submission: \(Self.formats).", completion: .file())
  var archive: String

  /// `.tar.gz, .tar.xz, .tar or .zip`.
  private static var formats: String {
    IntakeText.list(ArchiveLayout.all.map(\.description), "or")
  }

  @OptionGroup var course: CourseOptions

  @Option(help: "The assignment's id; by default the archive's content tells.")
  var assignment: String?

  @Option(help: "What to print: \(OutputFormat.list). Several at once need --output.")
  var format = OutputFormats.json

  @Option(
    name: [.short, .long],
    help: "Write to this file, or with several formats into this folder."
  )
  var output: String?

  @Option(help: "The seed of the hidden tests; by default it follows from the content.")
  var seed: UInt64?

  @Option(help: "How many tests run at once; by default one for each processor.")
  var jobs: Int?

  @Option(
    help: "The most processor time, in seconds, to name slips; verdicts and points come before."
  )
  var namingSeconds = NamingBudget().cpuSeconds

  @Option(
    help: """
      The most questions in search of small inputs on which functions are wrong; 0 searches none.
      """
  )
  var exampleQuestions: Int?

  @Option(help: "Exit with status 1 if the score is below this many points.")
  var failUnder: Double?

  @Option(help: "Gradescope's submission_metadata.json, for its results.")
  var gradescopeMetadata: String?

  @Flag(help: "Print the time of each phase to standard error.")
  var timings = false

  @Flag(help: "Leave out what a student must not see.")
  var studentView = false

  @Option(
    help: """
      When the work is due, such as 2026-05-01T23:59:59+09:00. Until then, and without it always, \
      students do not see tests whose visibility is afterDueDate.
      """,
    transform: Self.date
  )
  var due: Date?

  /// A time with its zone, written as in a class's policy.
  private static func date(_ text: String) throws -> Date {
    guard let date = ClassPolicy.date(text, in: nil) else {
      throw ValidationError("It must be a time with its zone, such as 2026-05-01T23:59:59+09:00.")
    }
    return date
  }

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more.") }
    if namingSeconds < 0 { throw ValidationError("--naming-seconds must be 0 or more.") }
    if exampleQuestions ?? 0 < 0 {
      throw ValidationError("--example-questions must be 0 or more.")
    }
    if format.all.count > 1, output == nil {
      throw ValidationError("Several formats need a folder: --output FOLDER.")
    }
  }

  private static func metadata(_ path: String) throws(GraderFault) -> GradescopeSubmission {
    do {
      return try GradescopeSubmission(try Data(contentsOf: URL(filePath: path)))
    } catch {
      let words = Misreading(error).words
      throw GraderFault(.usage, "\(path) is not Gradescope's submission_metadata.json: \(words).")
    }
  }

  func run() throws {
    try Exit.onFault {
      let submission = try gradescopeMetadata.map(Self.metadata)
      let workshop = try course.workshop()
      let taken = try workshop.takeIn(try Archive(path: archive), chosen: assignment)
      var options = Workshop.Options(seed: seed, jobs: jobs)
      options.naming.cpuSeconds = namingSeconds
      if let exampleQuestions { options.exampleQuestions = exampleQuestions }
      options.progress = { Output.note($0) }
      let grade = try workshop.grade(taken, options: options)
      if timings { Output.note(workshop.phases.text) }
      let printout = Printout(
        grade,
        deadline: Deadline(due: due, now: .now),
        forStudent: studentView
      )
      try format.write(printout, to: output, submission: submission)
      if format.all == [.json], output == nil, isatty(STDERR_FILENO) == 1 {
        Output.note(GradeTable.text(for: printout.grade))
      }
      if let failUnder, grade.score.value < failUnder { throw ExitStatus.belowThreshold }
    }
  }
}

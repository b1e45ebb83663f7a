import ArgumentParser
import ClassCore
import Foundation
import GraderClass
import GraderRuntime

/// The choices about how a class is graded, wherever it is.
struct GradingOptions: ParsableArguments {
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

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more.") }
  }

  /// The run over what lies at a path.
  func classRun(over path: String, course: String?) throws(GraderFault) -> ClassRun {
    if let assignment { _ = try Course.find(explicit: course).assignment(assignment) }
    try people.check()
    if let commits { _ = try CommitFile.read(commits) }
    var run = ClassRun(
      path,
      results: output ?? Self.defaultOutput(for: path),
      batch: Batch.Options(jobs: jobs, assignment: assignment, seed: seed)
    )
    (run.roster, run.policy, run.trustsNames) = (people.roster, people.policy, people.yes)
    (run.group, run.commits) = (group, commits)
    return run
  }

  /// `NAME-results` in the current folder.
  private static func defaultOutput(for path: String) -> String {
    let name = URL(filePath: path).standardizedFileURL.deletingPathExtension().lastPathComponent
    return "\(name)-results"
  }
}

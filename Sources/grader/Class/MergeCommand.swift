import ArgumentParser
import GraderClass
import GraderRuntime

/// `grader merge RESULTS ...`.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Join the results of several shards, or of several machines.",
    discussion: """
      With one folder and no --output it takes over what the machines of a run have graded by \
      the plan in that folder. Merging the same results again changes nothing. Exit status: \
      0 everybody has a grade; 75 somebody has none yet; 65 somebody's hand-in could not be taken \
      in; 69 or 70 a fault of ours keeps somebody's.
      """
  )

  @Argument(help: "Folders that `grader batch` wrote.", completion: .directory)
  var results: [String]

  @Option(name: [.short, .long], help: "The folder to merge into; made if it is not there.")
  var output: String?

  @Option(help: "A group whose people may use new results too; by default they are yours alone.")
  var group: String?

  @Option(help: "The folder that holds assignments/ and reference/.", completion: .directory)
  var course: String?

  @Option(help: ArgumentHelp("The digest that the plan must have.", visibility: .hidden))
  var plan: String?

  @Flag(help: "Write grades only: no report, no feedback, no table.")
  var noReport = false

  func validate() throws {
    if results.isEmpty { throw ValidationError("Name the folders to merge.") }
    if output == nil, results.count > 1 {
      throw ValidationError("Several folders need --output; a run by a plan is merged alone.")
    }
  }

  func run() throws {
    try Exit.onFault {
      if let output { try join(into: output) } else { try takeOver(results[0]) }
    }
  }

  /// Ends a run by a plan.
  private func takeOver(_ results: String) throws {
    let (tally, summary) = try RunMerge(results, plan: plan)
      .run(course: try Course.find(explicit: course), writesForPeople: !noReport)
    try Exit.end(tally, summary)
  }

  private func join(into output: String) throws {
    let folder = try ResultsFolder(output, creates: true, group: group)
    if let remark = folder.files.remark { Output.note(remark) }
    for other in results { try folder.merge(other) }
    let (graded, ungraded, open) = try folder.writeGrades()
    try folder.close()
    let more = open > 0 ? ", \(open) not taken in" : ""
    print("\(graded) graded, \(ungraded) without a grade\(more). Results: \(output)")
    if ungraded > 0 { throw ExitCode(GraderFault.Kind.temporary.rawValue) }
    if open > 0 { throw ExitCode(65) }
  }
}

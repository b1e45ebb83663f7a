import ArgumentParser
import GraderClass
import GraderRuntime

/// `grader merge RESULTS ...`.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Join the results of several shards, or of several machines.",
    discussion: """
      Merging the same results again changes nothing. Exit status: 0 everybody has a grade; \
      75 somebody has none yet; 65 somebody's hand-in could not be taken in.
      """
  )

  @Argument(help: "Folders that `grader batch` wrote.", completion: .directory)
  var results: [String]

  @Option(name: [.short, .long], help: "The folder to merge into; made if it is not there.")
  var output: String

  @Option(help: "A group whose people may use new results too; by default they are yours alone.")
  var group: String?

  func validate() throws {
    if results.isEmpty { throw ValidationError("Name the folders to merge.") }
  }

  func run() throws {
    try Exit.onFault {
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
}

import ArgumentParser
import GraderRuntime

/// `grader template ASSIGNMENT DIR`.
struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Write a repository that students start from: a handout, and its public check.",
    discussion: """
      The folder holds what `grader handout` packs, and a workflow that runs the public check at \
      each push. Nothing in it is secret. Make it a template repository, or the starter of a \
      classroom; git is yours to run.
      """
  )

  @Argument(help: "The assignment's id, such as a1-batch-norm.")
  var assignment: String

  @Argument(help: "The folder to write; it must be empty, or not there.", completion: .directory)
  var folder: String

  @Option(help: "The folder that holds assignments/ and reference/.", completion: .directory)
  var course: String?

  func run() throws {
    try Exit.onFault {
      let handout = try Handout(assignment, of: try Course.find(explicit: course))
      let contents = try handout.contents().forRepository()
      try contents.write(to: folder)
      for name in contents.leftOut { Output.note("left out: \(name)") }
      print("\(folder): \(contents.count) files")
    }
  }
}

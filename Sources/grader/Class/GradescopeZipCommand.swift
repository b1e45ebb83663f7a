import ArgumentParser
import GraderClass
import GraderRuntime

/// `grader gradescope-zip ASSIGNMENT`.
struct GradescopeZipCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gradescope-zip",
    abstract: "Pack an autograder for Gradescope: upload it as it is.",
    discussion: """
      The zip holds setup.sh and run_autograder at its root, the course with the grader's sources, \
      and this grader's executables, which are used where they run. Building the image takes some \
      minutes: it installs Swift, fills the cache and checks that the solution gets full marks. \
      Give the assignment a container of 1.5 GB at least. The zip is secret: it holds solutions.
      """
  )

  @Argument(help: "The assignment's id, such as a1-batch-norm.")
  var assignment: String

  @Option(name: [.short, .long], help: "The zip to write; by default ASSIGNMENT-gradescope.zip.")
  var output: String?

  @Option(help: "The Swift to install where there is none.")
  var swift = "6.3.1"

  @Flag(help: "If the container allows no jail: run code in the container alone.")
  var allowNoJail = false

  @Option(help: "The folder that holds assignments/ and reference/.", completion: .directory)
  var course: String?

  func run() throws {
    try Exit.onFault {
      let path = output ?? "\(assignment)-gradescope.zip"
      let zip = try GradescopeZip(
        assignment,
        of: try Course.find(explicit: course),
        swift: swift,
        allowsNoJail: allowNoJail
      )
      let packed = try zip.packed()
      try Output.write(packed.bytes, to: path)
      print("\(path): \(packed.names.joined(separator: ", "))")
    }
  }
}

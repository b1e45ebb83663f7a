import ArgumentParser
import Foundation
import GraderRuntime

/// `grader handout ASSIGNMENT`.
struct HandoutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handout",
    abstract: "Pack what students get of an assignment, solutions stripped.",
    discussion: """
      The stubs must be what the solution is without its marked regions: in Swift what stands \
      below a line `// solution` to the end of its block, in Markdown what stands between `-->` \
      and `<!-- /handout -->` below a line `<!-- handout`. The archive holds CourseKit, the \
      assignment, and settings for editors; it has the same bytes each time.
      """
  )

  @Argument(help: "The assignment's id, such as a1-batch-norm.")
  var assignment: String

  @Option(
    name: [.short, .long],
    help: "The archive to write; by default ASSIGNMENT.zip here.",
    completion: .file(extensions: ["zip"])
  )
  var output: String?

  @Flag(help: "Write the handout's stubs anew from the solution, and no archive.")
  var update = false

  @Option(help: "The folder that holds assignments/ and reference/.", completion: .directory)
  var course: String?

  func validate() throws {
    if update, output != nil { throw ValidationError("--update writes no archive.") }
  }

  func run() throws {
    try Exit.onFault {
      let handout = try Handout(assignment, of: try Course.find(explicit: course))
      if update {
        let written = try handout.update()
        try handout.check()
        print(written.isEmpty ? "The stubs are up to date." : "Wrote:")
        for path in written { print("  \(path)") }
      } else {
        try pack(handout)
      }
    }
  }

  private func pack(_ handout: Handout) throws(GraderFault) {
    let contents = try handout.contents()
    let archive = try contents.zipped()
    let path = output ?? "\(handout.id).zip"
    try Output.write(archive, to: path)
    for name in contents.leftOut { Output.note("left out: \(name)") }
    print("\(path): \(contents.count) files, \(archive.count) bytes")
    print("sha256:\(Digest.hex(of: archive))")
  }
}

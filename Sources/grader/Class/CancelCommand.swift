import ArgumentParser
import ClassCore
import GraderClass
import GraderRuntime

/// `grader cancel RESULTS`.
struct CancelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "End the jobs of a run on many machines; what they have graded stays.",
    discussion: "`grader merge RESULTS` takes over what is there."
  )

  @Argument(help: "The folder of results.", completion: .directory)
  var results: String

  func run() throws {
    try Exit.onFault {
      let run = try RunFolder.demand(in: results)
      try SlurmEngine(run).cancel()
      let standing = run.standing()
      print(
        "Ended. \(standing.graded) of \(standing.submissions) submissions have a verdict; "
          + "`grader merge` takes them over."
      )
    }
  }
}

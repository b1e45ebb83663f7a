import ArgumentParser
import ClassCore
import GraderClass
import GraderRuntime

/// `grader status RESULTS`.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Say how far a run on many machines is, from what its machines wrote.",
    discussion: "It can be asked at any time, from any machine, whatever the engine says."
  )

  @Argument(help: "The folder of results.", completion: .directory)
  var results: String

  @Flag(help: "Print the numbers of the shards that another attempt can add to, and no more.")
  var unfinished = false

  func run() throws {
    try Exit.onFault {
      let run = try RunFolder.demand(in: results)
      let standing = run.standing()
      if unfinished {
        if !standing.unfinished.isEmpty { print(ClusterText.ranges(standing.unfinished)) }
        return
      }
      print(ClusterText.status(standing, plan: run.digest, shards: run.plan.shards))
      guard run.text("jobs") != nil else { return }
      let jobs = SlurmEngine(run).jobs().map { states in
        states.isEmpty
          ? "none"
          : states.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key.lowercased())" }
            .joined(separator: ", ")
      }
      print("Jobs: \(jobs ?? "Slurm cannot be asked")")
      if run.text("ended") != nil, let account = run.text(RunMerge.accountName) {
        print("The run has ended:\n\(account)", terminator: "")
      }
    }
  }
}

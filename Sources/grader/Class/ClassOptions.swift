import ArgumentParser
import ClassCore
import GraderClass
import GraderRuntime

/// Who is in the class, and what it agreed on.
struct ClassOptions: ParsableArguments {
  @Option(
    help: "Everybody in the class, as CSV: numbers, names, logins, groups.",
    completion: .file(extensions: ["csv"])
  )
  var roster: String?

  @Option(
    help: "What the class agreed on: due date, lateness, which attempt counts.",
    completion: .file(extensions: ["yaml", "yml"])
  )
  var policy: String?

  @Flag(help: "Take students' names from a learning system's download, without a roster.")
  var yes = false

  func input() throws(GraderFault) -> ClassInput.Options {
    var options = ClassInput.Options(trustsNames: yes)
    if let roster {
      let (read, doubts) = try RosterFile.read(roster)
      options.roster = read
      for doubt in doubts { Output.note("\(roster): \(doubt)\n") }
    }
    if let policy { options.policy = try PolicyFile.read(policy) }
    return options
  }
}

import ArgumentParser
import ClassCore
import GraderClass
import GraderRuntime

/// The class's roster, and the policy that it agreed on.
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

  /// Reads the files, before anything is made.
  func check() throws(GraderFault) {
    if let policy { _ = try PolicyFile.read(policy) }
    guard let roster else { return }
    let (_, doubts, encoding) = try RosterFile.read(roster)
    if encoding != .utf8 { Output.note("\(roster): read as \(encoding.rawValue).") }
    for doubt in doubts { Output.note("\(roster): \(doubt)") }
  }
}

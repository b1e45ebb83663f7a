import Foundation
import Testing

/// The findings of one run of `grader doctor`.
struct Doctor: Sendable {
  var status: Int32
  private var lines: [Substring]

  /// A finding: the text behind its subject, and the remedy below.
  struct Finding: Sendable {
    var isGood: Bool
    var text: String
    var remedy: String
  }

  func finding(_ subject: String) throws -> Finding {
    let start = try #require(
      lines.firstIndex { $0.dropFirst(5).hasPrefix("\(subject) ") },
      "nothing about \(subject) in\n\(lines.joined(separator: "\n"))"
    )
    // A finding's further lines are set off by as much as the first says before its subject.
    let rest = lines[(start + 1)...].prefix { $0.hasPrefix("     ") }
    return Finding(
      isGood: lines[start].hasPrefix("ok "),
      text: lines[start].dropFirst(5 + subject.count).trimmingCharacters(in: .whitespaces),
      remedy: rest.map { $0.dropFirst(5) }.joined(separator: "\n")
    )
  }

  /// Runs the doctor, by default on the machine as it is, with a cache that nobody else has.
  static func run(on machine: LesserMachine? = nil) throws -> Doctor {
    let run = try grader("doctor", on: machine)
    try #require([0, 69].contains(run.status), "\(run.errors)")
    return Doctor(
      status: run.status,
      lines: run.output.split(separator: "\n", omittingEmptySubsequences: false)
    )
  }

  /// Grades an archive there.
  static func grade(on machine: LesserMachine) throws -> Program.Run {
    let folder = try TemporaryFolder()
    return try grader(try folder.write([], to: "empty.tar"), on: machine)
  }

  private static func grader(
    _ argument: String,
    on machine: LesserMachine?
  ) throws -> Program.Run {
    let folder = try TemporaryFolder()
    let command =
      (machine?.wrapper ?? [])
      + [Program.beside("grader"), argument, "--course", Repository.root]
    return try Program.run(
      command[0],
      Array(command.dropFirst()),
      environment: ["CHAINRULE_CACHE": try folder.folder("cache")]
    )
  }

  private static let here = Result { try run() }

  /// True if the strongest jail holds on the machine as it is.
  static var isolates: Bool {
    (try? here.get().finding("jail L3"))?.text.hasPrefix("limits, ") ?? false
  }
}

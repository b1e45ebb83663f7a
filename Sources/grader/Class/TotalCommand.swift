import ArgumentParser
import ClassCore
import Foundation
import GraderClass
import GraderCore
import GraderRuntime

/// `grader total RESULTS ...`.
struct TotalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "total",
    abstract: "Add up several assignments, without each student's worst.",
    discussion: """
      One row for each student: the final grade of each assignment, by the policy that its class \
      was graded with, and their sum. Who handed nothing in has 0 points there. The sum is empty \
      while one of the grades is open, because it may be the one that does not count.

      Students are joined by every number, address and login that the classes' rosters share. \
      Where one person may have two rows, or two persons one, there is no table (64).
      """
  )

  @Argument(help: "Folders that `grader batch` wrote, one an assignment.", completion: .directory)
  var results: [String]

  @Option(help: "How many of a student's worst assignments do not count.")
  var dropLowest = 0

  @Option(name: [.short, .long], help: "The table; by default it is printed.")
  var output: String?

  func validate() throws {
    if results.isEmpty { throw ValidationError("Name the folders of the assignments.") }
    guard (0..<results.count).contains(dropLowest) else {
      throw ValidationError(
        "Of \(results.count) assignments, 0 to \(results.count - 1) can be left out."
      )
    }
  }

  func run() throws {
    try Exit.onFault {
      let table = try joined(try parts())
      for remark in table.remarks { Output.note(remark) }
      try Output.write(table.text(droppingLowest: dropLowest), to: output)
    }
  }

  private func parts() throws(GraderFault) -> [CourseTable.Part] {
    var parts: [CourseTable.Part] = []
    for path in results {
      let folder = try ResultsFolder(path, creates: false)
      let everybody = try folder.finalResults(try folder.policy())
      let roster = try folder.roster()
      for line in try folder.remarks(on: everybody) { Output.note(line) }
      try folder.close()
      let name = name(of: everybody, in: path)
      parts.append(CourseTable.Part(name: name, results: everybody, roster: roster))
    }
    // Two classes of one assignment are told apart by their folders.
    let names = parts.map(\.name)
    for place in parts.indices where names.count(where: { $0 == names[place] }) > 1 {
      parts[place].name = results[place]
    }
    return parts
  }

  private func joined(_ parts: [CourseTable.Part]) throws(GraderFault) -> CourseTable {
    do throws(CourseProblem) {
      return try CourseTable(parts)
    } catch {
      throw GraderFault(
        .usage,
        "No table: \(error)",
        remedy: "Give both lists the same numbers or addresses, and run `grader batch` again with "
          + "--roster: nothing is graded anew."
      )
    }
  }

  /// The assignment that most grades are of, else the folder.
  private func name(of results: [FinalResult], in path: String) -> String {
    Dictionary(grouping: results.compactMap { $0.grade?.assignment }, by: \.self)
      .max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key ?? path
  }
}

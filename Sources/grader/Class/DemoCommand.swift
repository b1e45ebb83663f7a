import ArgumentParser
import ClassCore
import Foundation
import GraderClass
import GraderRuntime

/// `grader demo`.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Make a class that does not exist, and grade it: everything in about a minute.",
    discussion: """
      The students hand in the solution, the solution with planted mistakes, and what goes wrong \
      in any class: nothing, the untouched stub, code that does not compile, that never ends or \
      that crashes, a photo, a neighbour's work.
      """
  )

  @Argument(help: "The assignment's id; by default the first.")
  var assignment: String?

  @OptionGroup var course: CourseOptions

  @Option(name: [.short, .long], help: "A folder for the class and its results.")
  var output = "demo-class"

  @Option(help: "How many students the class has.")
  var students = 30

  @Option(help: "How many submissions are graded at once; by default one for each processor.")
  var jobs: Int?

  @Flag(help: "Only make the class; grade nothing.")
  var submissionsOnly = false

  func validate() throws {
    guard students >= 1, jobs ?? 1 >= 1 else {
      throw ValidationError("--students and --jobs must be 1 or more.")
    }
  }

  func run() throws {
    try Exit.onFault {
      let found = try Course.find(explicit: course.course)
      guard let id = assignment ?? found.assignmentIDs.first else {
        throw GraderFault(.usage, "The course in \(found.root) has no assignment.")
      }
      let made = try SampleClass(try found.assignment(id), students: students)
      try made.write(to: output)
      Output.note("A class of \(students) hands in \(id): \(output)/submissions")
      guard !submissionsOnly else { return }
      try grade(id)
      Output.note("grader report \(output)/results\(shown(course.course, as: "--course"))")
      try ReportCommand.write("\(output)/results", course: found)
    }
  }

  /// Grades the class as the command does that is shown.
  private func grade(_ id: String) throws {
    Output.note(
      "grader batch \(output)/submissions --roster \(output)/roster.csv --output \(output)/results"
        + " --assignment \(id)" + shown(jobs, as: "--jobs") + shown(course.course, as: "--course")
        + (course.noJail ? " --no-jail" : "") + shown(course.jail?.rawValue, as: "--jail")
    )
    var run = ClassRun(
      "\(output)/submissions",
      results: "\(output)/results",
      batch: Batch.Options(jobs: jobs, assignment: id)
    )
    run.roster = "\(output)/roster.csv"
    try BatchCommand.run(run, in: try course.workshop(.reads))
  }

  private func shown(_ value: (some CustomStringConvertible)?, as option: String) -> String {
    value.map { " \(option) \($0)" } ?? ""
  }
}

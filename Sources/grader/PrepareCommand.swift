import ArgumentParser
import Foundation
import GraderRuntime

/// `grader prepare [ASSIGNMENT ...]`.
struct PrepareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Build ahead all that grading and the names of slips need; once per machine.",
    discussion: """
      Verdicts and points need no preparation, but where a test fails, the slip behind it is named \
      by planted mistakes, which have to be built and asked once. Several may prepare at once, and \
      what was interrupted goes on where it stopped. `grader batch`, `grader regrade` and \
      `grader validate` prepare by themselves, and so does Gradescope's image.
      """
  )

  @Argument(help: "Assignments' ids; by default all of the course.")
  var assignments: [String] = []

  @OptionGroup var course: CourseOptions

  @Option(help: "How many planted mistakes are built at once; by default one for each processor.")
  var jobs: Int?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more.") }
  }

  func run() throws {
    try Exit.onFault {
      let workshop = try course.workshop(.reads)
      let jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
      for id in assignments.isEmpty ? workshop.course.assignmentIDs : assignments {
        try workshop.prepare(id, jobs: jobs) { Output.note($0) }
        Output.note("\(id): prepared")
      }
    }
  }
}

import ArgumentParser
import Foundation
import GraderClass
import GraderRuntime

/// `grader report RESULTS`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a class's report and everybody's feedback into the folder of results.",
    discussion: """
      report.html is one page that works offline: distribution, how well the tests measure, \
      mistakes by frequency, run times, similar submissions side by side, and a table of all \
      students. feedback/ holds a page and a Markdown file for each submission, which say \
      what a student may know. The report is for staff: it holds names.
      """
  )

  @Argument(help: "The folder that `grader batch` wrote.", completion: .directory)
  var results: String

  @Option(help: "The folder that holds assignments/ and reference/.", completion: .directory)
  var course: String?

  @Option(help: "What the class agreed on.", completion: .file(extensions: ["yaml", "yml"]))
  var policy: String?

  @Flag(help: "Do not look for similar submissions.")
  var withoutSimilar = false

  func run() throws {
    try Exit.onFault {
      let course = try Course.find(explicit: course)
      try Self.write(results, course: course, policy: policy, comparesCode: !withoutSimilar)
    }
  }

  /// Writes the report of a folder of results, and prints where it is.
  static func write(
    _ results: String,
    course: Course,
    policy: String? = nil,
    comparesCode: Bool = true
  ) throws(GraderFault) {
    let folder = try ResultsFolder(results, creates: false)
    if let remark = folder.files.remark { Output.note(remark) }
    let agreed = try folder.policy(policy)
    let written = try ReportWriter(folder, course: course).write(
      date: Date.now.formatted(.iso8601.year().month().day()),
      comparesCode: comparesCode,
      policy: agreed
    )
    for line in try folder.remarks(agreed, file: policy) { Output.note(line) }
    let remark = try folder.earlierSuites(course: course)
    try folder.close()
    print("\(written.report): \(written.results) results, \(written.bytes) bytes")
    print("\(results)/feedback: \(written.feedback) submissions, .html and .md")
    if let remark { print(remark) }
  }
}

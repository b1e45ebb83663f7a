import ArgumentParser
import ClassCore
import Foundation
import GradeFormats
import GraderCore
import GraderRuntime

/// The formats in which a grade can be printed.
enum OutputFormat: String, CaseIterable {
  case json
  case text
  case gradescope
  case junit
  case github
  case html
  case markdown
  case classroom50

  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// The file's name where several formats are written at once.
  var fileName: String {
    switch self {
    case .json: "grade.json"
    case .text: "grade.txt"
    case .gradescope: "results.json"
    case .junit: "junit.xml"
    case .github: "github.txt"
    case .html: "feedback.html"
    case .markdown: "feedback.md"
    case .classroom50: "result.json"
    }
  }

  func render(
    _ printout: Printout,
    _ submission: GradescopeSubmission? = nil
  ) throws(GraderFault) -> String {
    let (grade, view) = (printout.grade, printout.view)
    return switch self {
    case .json: try JSONText.encode(grade)
    case .text: GradeTable.text(for: grade)
    case .gradescope:
      try JSONText.encode(GradescopeResults(printout.ofGradescope, submission: submission))
    case .junit: JUnitReport.xml([JUnitReport.Suite(name: grade.submission.name, view: view)])
    case .github: GitHubReport.log(view, token: Self.freshToken)
    case .html: HTMLFeedback.page(view)
    case .markdown: MarkdownFeedback.text(view)
    case .classroom50: try Self.classroom50(view)
    }
  }

  private static func classroom50(_ view: StudentView) throws(GraderFault) -> String {
    let result: Classroom50Result
    do throws(Classroom50Result.Missing) {
      result = try Classroom50Result(view, environment: ProcessInfo.processInfo.environment)
    } catch {
      throw GraderFault(
        .usage,
        "The environment has no \(error.variable) of Classroom 50's, which says what was graded.",
        remedy: "Use --format classroom50 in an autograder.py that its runner calls."
      )
    }
    return try JSONText.encode(result)
  }

  func write(
    _ printout: Printout,
    to path: String?,
    submission: GradescopeSubmission?
  ) throws(GraderFault) {
    try Output.write(
      try render(printout, submission),
      to: path,
      isForStaff: printout.isForStaff && (self == .json || self == .text)
    )
  }

  /// Nobody who wrote the submission can know it.
  private static var freshToken: String {
    UUID().uuidString.filter { $0 != "-" }
  }
}

/// A grade for its readers.
struct Printout {
  /// What JSON and text hold: staff's grade, or its student's view.
  let grade: Grade
  /// What all others hold.
  let view: StudentView
  /// True if `grade` holds what students must not see.
  let isForStaff: Bool
  /// What Gradescope is told; it hides by its own due date what waits for one.
  let ofGradescope: Grade

  init(_ grade: Grade, deadline: Deadline, forStudent: Bool) {
    view = StudentView(grade, deadline: deadline)
    self.grade = forStudent ? view.grade : grade
    isForStaff = !forStudent
    ofGradescope = forStudent ? StudentView(grade, deadline: .passed).grade : grade
  }
}

/// One format, or several with commas between them.
struct OutputFormats: ExpressibleByArgument {
  var all: [OutputFormat]

  static let json = OutputFormats(all: [.json])

  private init(all: [OutputFormat]) {
    self.all = all
  }

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    let formats = names.compactMap { OutputFormat(rawValue: String($0)) }
    guard formats.count == names.count, Set(formats).count == formats.count else { return nil }
    all = formats
  }

  var defaultValueDescription: String { all.map(\.rawValue).joined(separator: ",") }

  static var allValueStrings: [String] { OutputFormat.allCases.map(\.rawValue) }

  func write(
    _ printout: Printout,
    to output: String?,
    submission: GradescopeSubmission?
  ) throws(GraderFault) {
    if all.contains(.github) { try Self.addStepSummary(of: printout.view) }
    if let only = all.first, all.count == 1 {
      try only.write(printout, to: output, submission: submission)
      return
    }
    let folder = output ?? "."
    try Files.makeFolder(folder, of: .theirs)
    for format in all {
      try format.write(printout, to: "\(folder)/\(format.fileName)", submission: submission)
    }
  }

  /// Appends to the page that GitHub shows with a workflow's run, if this is one.
  private static func addStepSummary(of view: StudentView) throws(GraderFault) {
    let path = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"]
    guard let path, !path.isEmpty else { return }
    do {
      if !FileManager.default.fileExists(atPath: path) { try Data().write(to: URL(filePath: path)) }
      let file = try FileHandle(forWritingTo: URL(filePath: path))
      defer { try? file.close() }
      try file.seekToEnd()
      try file.write(contentsOf: Data(GitHubReport.summary(view).utf8))
    } catch {
      throw GraderFault(.cannot(.write, path, .init(error), of: .theirs))
    }
  }
}

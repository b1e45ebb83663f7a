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
    }
  }

  func render(
    _ grade: Grade,
    _ submission: GradescopeSubmission? = nil
  ) throws(GraderFault) -> String {
    switch self {
    case .json: try JSONText.encode(grade)
    case .text: GradeTable.text(for: grade)
    case .gradescope: try JSONText.encode(GradescopeResults(grade, submission: submission))
    case .junit: JUnitReport.xml([JUnitReport.Suite(name: grade.submission.name, grade: grade)])
    case .github: GitHubReport.log(grade, token: Self.freshToken)
    case .html: HTMLFeedback.page(grade)
    case .markdown: MarkdownFeedback.text(grade)
    }
  }

  /// Nobody who wrote the submission can know it.
  private static var freshToken: String {
    UUID().uuidString.filter { $0 != "-" }
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
    _ grade: Grade,
    to output: String?,
    submission: GradescopeSubmission?
  ) throws(GraderFault) {
    if all.contains(.github) { try Self.addStepSummary(of: grade) }
    if let only = all.first, all.count == 1 {
      try Output.write(try only.render(grade, submission), to: output)
      return
    }
    let folder = output ?? "."
    try Files.makeFolder(folder, of: .theirs)
    for format in all {
      try Output.write(try format.render(grade, submission), to: "\(folder)/\(format.fileName)")
    }
  }

  /// Appends to the page that GitHub shows with a workflow's run, if this is one.
  private static func addStepSummary(of grade: Grade) throws(GraderFault) {
    let path = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"]
    guard let path, !path.isEmpty else { return }
    do {
      if !FileManager.default.fileExists(atPath: path) { try Data().write(to: URL(filePath: path)) }
      let file = try FileHandle(forWritingTo: URL(filePath: path))
      defer { try? file.close() }
      try file.seekToEnd()
      try file.write(contentsOf: Data(GitHubReport.summary(grade).utf8))
    } catch {
      throw GraderFault(.cannot(.write, path, .init(error), of: .theirs))
    }
  }
}

import ArgumentParser
import ClassCore
import GraderClass
import GraderRuntime

/// `grader return RESULTS`.
struct ReturnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "return",
    abstract: "Write final grades as tables that learning systems import.",
    discussion: """
      Always writes grades.csv for spreadsheets. Canvas and Moodle get back their own exported \
      tables with the grades filled in; Moodle also a zip of feedback. UTOL takes back nothing but \
      its own workbook: utol.csv has its columns in its order, to be pasted into it.

      The final grade is computed anew each time from the machine's grades, people's marks and \
      the policy, which is the one that `grader batch` was given unless --policy names another.
      """
  )

  @Argument(help: "The folder that `grader batch` wrote.", completion: .directory)
  var results: String

  @Option(
    help: "Canvas's exported gradebook.",
    completion: .file(extensions: ["csv"])
  )
  var canvas: String?

  @Option(help: "The column in Canvas's gradebook; by default its only assignment.")
  var column: String?

  @Option(help: "Moodle's exported grading worksheet.", completion: .file(extensions: ["csv"]))
  var moodle: String?

  @Option(
    help: "UTOL's sheet of all hand-ins, saved as CSV.",
    completion: .file(extensions: ["csv"])
  )
  var utol: String?

  @Option(help: "What the class agreed on.", completion: .file(extensions: ["yaml", "yml"]))
  var policy: String?

  @Option(name: [.short, .long], help: "Where to write; by default RESULTS/return.")
  var output: String?

  func run() throws {
    try Exit.onFault {
      let folder = try ResultsFolder(results, creates: false)
      let agreed = try folder.policy(policy)
      let everybody = try folder.finalResults(agreed)
      for doubt in agreed.doubts(about: everybody) { Output.note(doubt) }
      try folder.close()
      let target = try PrivateFolder(
        output ?? "\(results)/return",
        for: output == nil ? folder.files.access : .own
      )
      if let remark = target.remark ?? folder.files.remark { Output.note(remark) }
      var files = try ReturnFolder(target, results: everybody)
      if let canvas { try files.canvas(canvas, assignment: column) }
      if let moodle { try files.moodle(moodle) }
      if let utol { try files.utol(utol) }
      for file in files.written {
        print("\(target.path)/\(file.name)\(file.notes.first.map { ": \($0)" } ?? "")")
        for note in file.notes.dropFirst() { Output.note("  \(note)") }
      }
    }
  }
}

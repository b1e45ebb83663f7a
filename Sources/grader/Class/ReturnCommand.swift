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

      Who has no final grade yet is listed with what is missing. --machine-only gives the \
      machine's points alone, in the column that the policy names as machineColumn.

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

  @Flag(help: "Only the machine's points, into the policy's machineColumn.")
  var machineOnly = false

  @Option(name: [.short, .long], help: "Where to write; by default RESULTS/return.")
  var output: String?

  func validate() throws {
    if machineOnly, canvas == nil, moodle == nil, utol == nil {
      throw ValidationError("--machine-only goes with --canvas, --moodle or --utol.")
    }
    if machineOnly, column != nil {
      throw ValidationError("--machine-only fills the policy's machineColumn, and no --column.")
    }
  }

  func run() throws {
    try Exit.onFault {
      let folder = try ResultsFolder(results, creates: false)
      let agreed = try folder.policy(policy)
      try check(agreed)
      let target = try PrivateFolder(
        output ?? "\(results)/return",
        for: output == nil ? folder.files.access : .own
      )
      if let remark = target.remark ?? folder.files.remark { Output.note(remark) }
      var files = try ReturnFolder(target, of: folder, policy: agreed)
      for doubt in files.doubts { Output.note(doubt) }
      try fill(&files, agreed.machineColumn)
      let remarks = try folder.remarks(on: files.results, file: policy)
      for line in remarks + (try files.missing()) { Output.note(line) }
      try folder.close()
      for file in files.written {
        print("\(target.path)/\(file.name)\(file.notes.first.map { ": \($0)" } ?? "")")
        for note in file.notes.dropFirst() { Output.note("  \(note)") }
      }
    }
  }

  private func fill(
    _ files: inout ReturnFolder,
    _ machineColumn: String?
  ) throws(GraderFault) {
    if machineOnly, let machineColumn {
      return try files.machine(canvas: canvas, moodle: moodle, utol: utol, column: machineColumn)
    }
    if let canvas {
      try files.canvas(canvas, assignment: column, machineColumn: machineColumn)
    }
    if let moodle { try files.moodle(moodle, machineColumn: machineColumn) }
    if let utol { try files.utol(utol) }
  }

  /// The machine's points need a column of their own.
  private func check(_ policy: ClassPolicy) throws(GraderFault) {
    if machineOnly, policy.machineColumn == nil {
      throw GraderFault(
        .usage,
        "The policy names no column for the machine's points.",
        remedy: "Write `machineColumn: NAME` into it, with the name of the column."
      )
    }
  }
}

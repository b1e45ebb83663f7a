import ArgumentParser
import GraderCore
import GraderRuntime

/// `grader doctor [FILE [--handout DIR]]`.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what this machine can enforce, or what intake makes of an archive.",
    discussion: "Exit status: 0 all is well; 69 something that grading needs is missing."
  )

  @Argument(help: "An archive to look into; nothing of it is built or run.")
  var archive: String?

  @OptionGroup var course: CourseOptions

  @Option(help: "The archive's assignment; by default its content tells.")
  var assignment: String?

  @Option(
    help: "The archive's assignment as students have it; no course is needed then.",
    completion: .directory
  )
  var handout: String?

  func validate() throws {
    guard handout != nil else { return }
    if archive == nil { throw ValidationError("--handout says what FILE is for; name one.") }
    if assignment != nil { throw ValidationError("--handout and --assignment exclude each other.") }
  }

  func run() throws {
    try Exit.onFault {
      if let archive, let handout {
        let machine = try course.machine(cache: try Cache.find())
        let intake = try HandoutIntake(folder: handout, machine: machine)
        let facts = try intake.facts(about: try Archive(path: archive))
        try Output.write(IntakeTable.text(for: facts), to: nil)
      } else if let archive {
        let workshop = try course.workshop()
        let taken = try workshop.takeIn(try Archive(path: archive), chosen: assignment)
        try Output.write(IntakeTable.text(for: taken.facts), to: nil)
      } else {
        try examine()
      }
    }
  }

  private func examine() throws {
    let findings = Doctor(cache: try Cache.find(), course: course.course).examine()
    let width = findings.map(\.subject.count).max() ?? 0
    for finding in findings {
      let space = String(repeating: " ", count: width - finding.subject.count)
      print("\(finding.isGood ? "ok  " : "BAD ") \(finding.subject)\(space)  \(finding.text)")
      if !finding.remedy.isEmpty { print("     \(finding.remedy)") }
    }
    if findings.contains(where: { !$0.isGood }) {
      throw ExitCode(GraderFault.Kind.unavailable.rawValue)
    }
  }
}

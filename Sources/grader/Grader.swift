import ArgumentParser
import GraderRuntime
import Sandbox

/// The command `grader`.
@main
struct Grader: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grader",
    abstract: "Grades homework of a deep-learning course: archive in, JSON out.",
    version: Workshop.version,
    subcommands: [
      GradeCommand.self, PrepareCommand.self, ValidateCommand.self, HandoutCommand.self,
      TemplateCommand.self, DoctorCommand.self, InstallCommand.self,
      BatchCommand.self, PlanCommand.self, StatusCommand.self, CancelCommand.self,
      MergeCommand.self, RegradeCommand.self,
      ReportCommand.self, MarksCommand.self, ReturnCommand.self, TotalCommand.self,
      DemoCommand.self, GradescopeZipCommand.self,
    ],
    defaultSubcommand: GradeCommand.self
  )
}

/// The course's folder, and the strength that the jail must have.
struct CourseOptions: ParsableArguments {
  @Option(help: "The folder that holds assignments/ and reference/.", completion: .directory)
  var course: String?

  @Flag(help: "Run untrusted code without a jail; the grade records it. For your own code only.")
  var noJail = false

  @Option(help: "Use a jail of exactly this level: L3 or L2. By default the strongest there is.")
  var jail: JailChoice?

  func validate() throws {
    if noJail, jail != nil { throw ValidationError("--jail and --no-jail exclude each other.") }
  }

  /// The workshop of a command; one that grades many takes more care.
  func workshop(_ care: Cache.Care = .remembers) throws(GraderFault) -> Workshop {
    let course = try Course.find(explicit: course)
    let cache = try Cache.find(care)
    return Workshop(course: course, machine: try machine(cache: cache), cache: cache)
  }

  /// The machine alone, for what needs no course.
  func machine(cache: Cache) throws(GraderFault) -> Machine {
    let isolation: Machine.Isolation =
      noJail ? .level(.unjailed) : jail.map { .level($0.level) } ?? .strongest
    return try Machine.detect(isolation, cache: cache)
  }
}

/// A level of jail that can be asked for.
enum JailChoice: String, ExpressibleByArgument, CaseIterable {
  case isolated = "L3"
  case restricted = "L2"

  var level: JailLevel { self == .isolated ? .isolated : .restricted }
}

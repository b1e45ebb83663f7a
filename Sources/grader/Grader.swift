import ArgumentParser
import GraderRuntime

/// The command `grader`.
@main
struct Grader: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grader",
    abstract: "Grades homework of a deep-learning course: archive in, JSON out.",
    version: Workshop.version,
    subcommands: [
      GradeCommand.self, PrepareCommand.self, ValidateCommand.self, HandoutCommand.self,
      DoctorCommand.self,
      InstallCommand.self, BatchCommand.self, MergeCommand.self, RegradeCommand.self,
      ReportCommand.self, MarksCommand.self, ReturnCommand.self, TotalCommand.self,
      DemoCommand.self, GradescopeZipCommand.self,
    ],
    defaultSubcommand: GradeCommand.self
  )
}

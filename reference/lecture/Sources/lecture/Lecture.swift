internal import ArgumentParser
internal import Foundation
internal import LectureExperiments

/// Replays the lecture's claims and holds the numbers beside the slides'.
@main
struct Lecture: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lecture",
    abstract: "Replays the experiments of the lecture, its numbers beside the slides'.",
    discussion: """
      Every experiment puts one claim of the lecture to the test. It prints what it finds and \
      writes its figures (SVG) and a page (index.html) that needs no network.
      """,
    subcommands: [ListCommand.self, RunCommand.self, AllCommand.self]
  )
}

/// `lecture list`.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the experiments: name, slides, title."
  )

  func run() {
    let rows = Catalog.all.map { [$0.name, $0.slides, $0.title] }
    print(PlainText.columns(rows).joined(separator: "\n"))
  }
}

/// `lecture run NAME`.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run one experiment.",
    discussion: """
      The exit code is 1 when a number that has something to be held against disagrees with it.
      """
  )

  @Argument(
    help: "The experiment's name, as `lecture list` gives it.",
    completion: .list(Catalog.all.map(\.name))
  )
  var name: String

  @OptionGroup var setting: SettingOptions
  @OptionGroup(title: "Another training run (transcripts)") var transcript: TranscriptOptions

  @Option(name: .shortAndLong, help: "The folder for figures and page.")
  var output = "lecture-output"

  func validate() throws {
    try refuseNamelessFolder(output)
    guard let experiment = Catalog.experiment(name) else {
      throw ValidationError(
        "There is no experiment '\(name)'. The names: "
          + Catalog.all.map(\.name).joined(separator: ", ") + "."
      )
    }
    if transcript.isGiven, experiment.name != "transcripts" {
      throw ValidationError(
        "--scale, --batch, --rate, --epochs and --hidden belong to 'transcripts'."
      )
    }
  }

  func run() throws {
    guard let experiment = Catalog.experiment(name) else { return }
    let context = try setting.context(ownRun: transcript.run)
    try Session(context, output: output, printsAccounts: true).run([experiment])
  }
}

/// `lecture all`.
struct AllCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "all",
    abstract: "Run all experiments and write one page.",
    discussion: """
      The exit code is 1 when a number that has something to be held against disagrees with it.
      """
  )

  @OptionGroup var setting: SettingOptions

  @Option(name: .shortAndLong, help: "The folder for figures and page.")
  var output: String

  func validate() throws { try refuseNamelessFolder(output) }

  func run() throws {
    let context = try setting.context(ownRun: nil)
    try Session(context, output: output, printsAccounts: false).run(Catalog.all)
  }
}

/// An empty name would be the folder that one stands in.
private func refuseNamelessFolder(_ output: String) throws {
  if output.isEmpty { throw ValidationError("--output must name a folder.") }
}

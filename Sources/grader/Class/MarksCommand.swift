import ArgumentParser
import ClassCore
import Foundation
import GraderClass
import GraderRuntime

/// `grader marks`.
struct MarksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "marks",
    abstract: "Written answers go out without names, and people's points come back.",
    subcommands: [Export.self, Import.self, Agree.self]
  )

  /// The folders of the results and the course.
  struct Place: ParsableArguments {
    @Argument(help: "The folder that `grader batch` wrote.", completion: .directory)
    var results: String

    @Option(help: "The folder that holds assignments/ and reference/.", completion: .directory)
    var course: String?

    func desk<Result>(
      _ body: (MarkingDesk) throws(GraderFault) -> Result
    ) throws(GraderFault) -> Result {
      let folder = try ResultsFolder(results, creates: false)
      let result = try body(MarkingDesk(folder, course: try Course.find(explicit: course)))
      try folder.close()
      return result
    }
  }

  /// `grader marks export RESULTS`.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write the answers as a page, and a table to fill in."
    )

    @OptionGroup var place: Place

    @Option(help: "An item's id, such as written-derivation; may be repeated. By default all.")
    var item: [String] = []

    @Option(help: "Leave out what this person has marked already.")
    var unmarkedBy: String?

    @Option(help: "Decides the order; by default it differs each time.")
    var seed: UInt64?

    @Option(name: [.short, .long], help: "Where to write; by default RESULTS/marking.")
    var output: String?

    func run() throws {
      try Exit.onFault {
        let seed = seed ?? UInt64.random(in: .min ... .max)
        let folder = output ?? "\(place.results)/marking"
        let packet = try place.desk { desk throws(GraderFault) in
          let packet = try desk.packet(items: item, unmarkedBy: unmarkedBy, seed: seed)
          let access = output == nil ? desk.folder.files.access : .own
          let files = try PrivateFolder(folder, for: access, of: .theirs)
          try files.write(Array(packet.page.utf8), to: "answers.html")
          try files.write(Array(packet.table.utf8), to: "marks.csv")
          return packet
        }
        print("\(folder)/answers.html: \(packet.answers.count) different answers")
        print("\(folder)/marks.csv: fill in the columns points and comment, then")
        print("grader marks import \(place.results) \(folder)/marks.csv --marker NAME")
      }
    }
  }

  /// `grader marks import RESULTS TABLE`.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Take a filled table into the gradebook; a table with a fault is not taken at all."
    )

    @OptionGroup var place: Place

    @Argument(help: "The filled table.", completion: .file(extensions: ["csv"]))
    var table: String

    @Option(help: "Who marked.")
    var marker: String

    func run() throws {
      try Exit.onFault {
        let text = try TableFile.text(of: table)
        let imported = try place.desk { desk throws(GraderFault) in
          try desk.take(text, marker: marker)
        }
        guard imported.problems.isEmpty else {
          throw GraderFault(
            .usage,
            "\(table) was not taken.",
            remedy: imported.problems.prefix(20).joined(separator: "\n")
          )
        }
        print("\(imported.all) marks by \(marker), \(imported.added) of them new.")
        if imported.empty > 0 { print("\(imported.empty) rows are not filled in yet.") }
      }
    }
  }

  /// `grader marks agreement RESULTS`.
  struct Agree: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "agreement",
      abstract: "How far people agree who marked the same answers."
    )

    @OptionGroup var place: Place

    func run() throws {
      try Exit.onFault {
        let pairs = try place.desk { desk throws(GraderFault) in try desk.agreements() }
        if pairs.isEmpty { print("No two people have marked the same answers.") }
        for pair in pairs {
          let (agreement, percent) = (pair.agreement, { (share: Double) in Int(share * 100 + 0.5) })
          print("\(pair.item): \(pair.first) and \(pair.second), \(agreement.count) answers")
          print("  same points \(percent(agreement.exact)) %, ", terminator: "")
          print("within one point \(percent(agreement.withinOne)) %")
          let more = agreement.meanDifference
          let word = more < 0 ? "less" : "more"
          print("  \(pair.first) gives \(Self.text(abs(more))) \(word) on average")
          print("  weighted kappa \(agreement.kappa.map(Self.text) ?? "undefined: no spread")")
        }
      }
    }

    private static func text(_ value: Double) -> String {
      value.formatted(.number.precision(.fractionLength(2)).locale(Locale(identifier: "en_US")))
    }
  }
}

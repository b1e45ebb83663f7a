import ClassCore
import Foundation
import GraderClass
import GraderCore
import GraderRuntime
import Testing

/// Classes of real archives: what belongs together is one hand-in, with the same files as in one
/// archive, and what is an attempt of its own stays one.
@Suite struct RealArchiveTests {
  private static let isAll = ProcessInfo.processInfo.environment["CHAINRULE_TESTS"] == "all"
  private static let id = "a1-batch-norm"
  private static let names = ["Ada Brandt", "Ben Cole", "Cleo Dorn", "Dan Ek", "Eva Fuchs"]

  /// A way to hand in, and the number of attempts that it is.
  private enum Way: CaseIterable {
    case whole, parts, looseBeside, versions, partsOfOneName, withData, document, damaged

    var attempts: Int { self == .versions ? 2 : 1 }
    var isTaken: Bool { self != .document && self != .damaged }
  }

  private enum Layout: CaseIterable {
    case folders, deepFolders, moodle, moodleThree, canvas, brightspace
  }

  private static func root() -> String {
    (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }.path
  }

  private static func workshop() throws -> Workshop {
    Workshop(
      course: try Course.find(explicit: root()),
      machine: try Here.machine(),
      cache: try Cache.find()
    )
  }

  /// The files that are handed in, as they are handed out; with a first line of one student's own.
  private static func package(of student: Int) throws -> [String: [UInt8]] {
    let folder = "\(root())/assignments/\(id)"
    let list = try String(contentsOfFile: "\(folder)/handin.txt", encoding: .utf8)
    let names = list.split(separator: "\n").filter { $0.hasPrefix("required ") }
      .map { String($0.dropFirst("required ".count)) }
    return try names.reduce(into: [:]) { files, name in
      let own = name.hasSuffix(".md") ? "Answer of \(student)\n" : "// \(student)\n"
      let text = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
      files[name] = Array(own.utf8) + [UInt8](text)
    }
  }

  private static func tar(_ files: [String: [UInt8]], below folder: String = "") -> Data {
    var tar: [UInt8] = []
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
      tar += TarWriter.header(name: folder + name, size: bytes.count)
      tar += bytes + TarWriter.padding(after: bytes.count)
    }
    return Data(tar + TarWriter.end)
  }

  /// The files of a way to hand in, by their names, in the order of their making.
  private static func files(_ way: Way, _ all: [String: [UInt8]]) -> [(String, Data)] {
    let code = all.filter { $0.key.hasSuffix(".swift") }
    let words = all.filter { !$0.key.hasSuffix(".swift") }
    let old = all.mapValues { $0 + Array("\n".utf8) }
    switch way {
    case .whole: return [("hw.tar", tar(all, below: "\(id)/"))]
    case .parts: return [("code.tar", tar(code, below: "\(id)/")), ("words.tar", tar(words))]
    case .looseBeside:
      return [("hw.tar", tar(code))] + words.map { ($0.key, Data($0.value)) }
    case .versions: return [("hw.tar", tar(old)), ("hw-1.tar", tar(all))]
    case .partsOfOneName: return [("part1.tar", tar(code)), ("part2.tar", tar(words))]
    case .withData: return [("hw.tar", tar(all)), ("zz data.tar", tar(["x.bin": [1, 2]]))]
    case .document: return [("answers.pdf", Data("%PDF".utf8))]
    case .damaged: return [("hw.tar", Data())]
    }
  }

  private static func path(_ layout: Layout, _ student: Int, _ file: String, place: Int) -> String {
    switch layout {
    case .folders: return "in/\(names[student])/\(file)"
    case .moodle: return "in/\(names[student])_70\(student)_assignsubmission_file/\(file)"
    case .deepFolders: return "in/\(names[student])/Submission attachment(s)/\(file)"
    case .moodleThree:
      return "in/\(names[student])_70\(student)_assignsubmission_file_/\(file)"
    case .brightspace:
      return "in/48\(student)-9 - \(names[student]) - Apr 30, 2026 1159 PM/\(file)"
    case .canvas:
      let name = names[student].split(separator: " ").reversed().joined().lowercased()
      return "in/\(name)_50\(student)_\(9000 + place)_\(file)"
    }
  }

  @Test func whatBelongsTogetherIsOneHandIn() throws {
    let workshop = try Self.workshop()
    for seed in 0..<(Self.isAll ? 50 : 5) as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let layout = Layout.allCases.randomElement(using: &random) ?? .folders
      let ways = Self.names.map { _ in Way.allCases.randomElement(using: &random) ?? .whole }
      let scratch = try Scratch()
      var digests: [String] = []
      for (student, way) in ways.enumerated() {
        let all = try Self.package(of: student)
        for (place, file) in Self.files(way, all).enumerated() {
          let path = Self.path(layout, student, file.0, place: place)
          try scratch.write(file.1, to: path)
          guard way == .damaged else { continue }
          // A link stands for all that cannot be read from a download.
          try scratch.run("rm", path)
          try scratch.run("ln", "-s", "/nowhere", path)
        }
        try scratch.write(Self.tar(all), to: "whole/\(student).tar")
        let whole = try Archive(path: "\(scratch.path)/whole/\(student).tar")
        digests.append(try workshop.takeIn(whole, chosen: Self.id).submission?.digest ?? "")
      }
      try scratch.write("", to: "originals/.keep")
      let input = try ClassInput(
        "\(scratch.path)/in",
        options: ClassInput.Options(
          roster: Roster(
            members: Self.names.map { Roster.Member(student: Student(id: $0, name: $0)) }
          ),
          assignment: Self.id
        ),
        results: "\(scratch.path)/results",
        originals: "\(scratch.path)/originals",
        workshop: workshop
      )
      for (student, way) in ways.enumerated() {
        let own = input.attempts.filter { $0.students == [Self.names[student]] }
        #expect(own.count == way.attempts, "seed \(seed), \(layout), \(way): \(own)")
        guard let counted = own.last(where: \.counts) else {
          Issue.record("seed \(seed), \(layout), \(way): nothing counts")
          continue
        }
        #expect((counted.trouble == nil) == way.isTaken, "seed \(seed), \(layout), \(way)")
        guard way.isTaken else { continue }
        let archive = try Archive(path: counted.path, name: counted.originalName)
        let digest = try workshop.takeIn(archive, chosen: Self.id).submission?.digest
        #expect(digest == digests[student], "seed \(seed), \(layout), \(way)")
      }
      #expect(input.unsettled == ways.count { !$0.isTaken }, "seed \(seed), \(layout), \(ways)")
    }
  }
}

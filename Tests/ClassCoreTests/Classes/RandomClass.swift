import ClassCore
import Foundation
import GraderCore

/// A class that does not exist, with the truth of who handed in what.
struct RandomClass {
  /// The way in which the download names hand-ins.
  enum Layout: CaseIterable { case folders, flat, canvas, moodle, blackboard }

  /// One owner: a student, or a team.
  struct Owner {
    var students: [String]
    /// The archives in the order of handing in.
    var attempts: [String] = []
    /// Those of them that cannot be read.
    var damaged: Set<String> = []
    /// The times of handing in, where the layout has them.
    var times: [Date] = []
    /// True if nothing came but a document.
    var hasDocument = false
  }

  let layout: Layout
  private(set) var roster = Roster(members: [])
  private(set) var owners: [Owner] = []
  private(set) var paths: [String] = []

  private static let names = [
    "Ada Brandt", "Ben Cole", "Cleo Dorn", "Dan Ek", "Eva Fuchs", "Finn Graf", "Gus Holm",
    "Hana Ito", "Ida Jung", "Jon Kern", "Kim Lund", "Lea Maas",
  ]
  private static let styles: [[String]] = [
    ["hw1", "hw1-1", "hw1 (2)", "hw1_v3"], ["hw8", "hw9", "hw10", "hw11"],
    ["hw", "hw copy", "hw copy 2", "hw copy 3"], ["a-2026-04-09", "a-2026-04-10", "a-2026-05-01"],
    ["x_v1", "x_v2", "x_v9", "x_v10"],
  ]
  private static let endings = [".tar.gz", ".zip", ".tgz"]
  /// The first second of the clock that these classes are handed in by.
  static let start = Date(timeIntervalSince1970: 1_777_000_000)
  static let due = start.addingTimeInterval(5000)

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    layout = Layout.allCases.randomElement(using: &random) ?? .folders
    let names = Self.names.shuffled(using: &random).prefix(Int.random(in: 3...12, using: &random))
    var place = 0
    while place < names.count {
      let isTeam = layout == .moodle && Bool.random(using: &random) && place + 1 < names.count
      let size = isTeam ? 2 : 1
      var owner = Owner(students: [])
      for member in place..<(place + size) {
        let number = "2026\(1000 + member)"
        owner.students.append(number)
        roster.members.append(
          Roster.Member(
            student: Student(id: number, name: names[names.startIndex + member]),
            logins: ["u\(number)"],
            group: isTeam ? "Team \(place + 100)" : nil
          )
        )
      }
      handIn(&owner, name: names[names.startIndex + place], place: place, isTeam, &random)
      owners.append(owner)
      place += size
    }
    paths.shuffle(using: &random)
  }

  private mutating func handIn(
    _ owner: inout Owner,
    name: String,
    place: Int,
    _ isTeam: Bool,
    _ random: inout SplitMix64
  ) {
    let style = Self.styles.randomElement(using: &random) ?? []
    let ending = Self.endings.randomElement(using: &random) ?? ""
    // A folder that is alone may be the class's: two owners at least hand something in.
    let kind = Int.random(in: place < 2 ? 2..<10 : 0..<10, using: &random)
    var files = style.prefix(kind < 2 ? 0 : kind < 7 ? 1 : Int.random(in: 2...3, using: &random))
      .map { $0 + ending }
    owner.hasDocument = kind == 1
    if owner.hasDocument { files = ["answers.pdf"] }
    var time = Int.random(in: 0..<4000, using: &random)
    var attachment = Int.random(in: 1...9000, using: &random)
    for file in files {
      time += Int.random(in: 1...900, using: &random)
      attachment += Int.random(in: 1...99, using: &random)
      let path = path(of: file, name: name, place: place, isTeam, time: time, attachment)
      paths.append(path)
      guard !owner.hasDocument else { continue }
      owner.attempts.append(path)
      if layout == .blackboard { owner.times.append(Self.start.addingTimeInterval(Double(time))) }
      if Int.random(in: 0..<6, using: &random) == 0 { owner.damaged.insert(path) }
    }
  }

  private func path(
    of file: String,
    name: String,
    place: Int,
    _ isTeam: Bool,
    time: Int,
    _ attachment: Int
  ) -> String {
    let number = "2026\(1000 + place)"
    switch layout {
    case .folders: return "\(name)/\(file)"
    case .flat: return "\(name) \(file)"
    case .canvas:
      let sorted = name.split(separator: " ").reversed().joined().lowercased()
      return "\(sorted)_\(500 + place)_\(attachment)_\(file)"
    case .moodle:
      return "\(isTeam ? "Team \(place + 100)" : name)_\(700 + place)_assignsubmission_file/\(file)"
    case .blackboard:
      let date = Self.start.addingTimeInterval(Double(time))
      let clock = date.formatted(
        .verbatim(
          """
          \(year: .padded(4))-\(month: .twoDigits)-\(day: .twoDigits)-\
          \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased))-\
          \(minute: .twoDigits)-\(second: .twoDigits)
          """,
          timeZone: .gmt,
          calendar: Calendar(identifier: .gregorian)
        )
      )
      return "HW1_u\(number)_attempt_\(clock)_\(file)"
    }
  }
}

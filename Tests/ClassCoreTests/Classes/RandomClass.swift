import ClassCore
import Foundation
import GraderCore

/// A class that does not exist, with the truth of who handed in what.
struct RandomClass {
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

  let layout: RandomLayout
  let list: RandomList
  /// The zone of the clock by which the class hands in.
  let zone: TimeZone
  /// The first second of that clock, and the second at which the work is due.
  let (start, due): (Date, Date)
  /// The list of everybody as a file.
  private(set) var table = Data()
  private(set) var owners: [Owner] = []
  private(set) var paths: [String] = []
  /// What the source's own file says, by deliveries.
  private(set) var facts: [String: SourceFacts] = [:]

  private static let styles: [[String]] = [
    ["hw1", "hw1-1", "hw1 (2)", "hw1_v3"], ["hw8", "hw9", "hw10", "hw11"],
    ["hw", "hw copy", "hw copy 2", "hw copy 3"], ["a-2026-04-09", "a-2026-04-10", "a-2026-05-01"],
    ["x_v1", "x_v2", "x_v9", "x_v10"], ["hw", "hw - 복사본", "hw - 복사본 (2)"],
    ["hw", "hw - Kopie", "hw - Kopie (2)"], ["hw", "hw - コピー", "hw - コピー (2)"],
  ]
  private static let endings = [".tar.gz", ".zip", ".tgz", ".tar", ".7z"]
  /// Places and seconds in which clocks do something odd an hour later, and some in which not.
  private static let clocks: [(zone: String, start: Double)] = [
    ("GMT", 1_777_000_000), ("Asia/Tokyo", 1_777_000_000), ("Asia/Kolkata", 1_777_000_000),
    ("Europe/Berlin", 1_774_742_400), ("Europe/Berlin", 1_792_886_400),
    ("America/New_York", 1_772_949_600), ("America/New_York", 1_793_509_200),
    ("Australia/Lord_Howe", 1_775_314_800), ("Asia/Tokyo", 1_798_729_200),
  ]

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    layout = RandomLayout.allCases.randomElement(using: &random) ?? .folders
    let lists = RandomList.allCases.filter { [layout] in $0.has.isSuperset(of: layout.needs) }
    list = lists.randomElement(using: &random) ?? .english
    let clock = Self.clocks.randomElement(using: &random) ?? Self.clocks[0]
    zone = TimeZone(identifier: clock.zone) ?? .gmt
    start = Date(timeIntervalSince1970: clock.start)
    due = start.addingTimeInterval(Double.random(in: 3000...5000, using: &random).rounded())
    var people = RandomPerson.some(Int.random(in: 3...12, using: &random), using: &random)
    let hasTeams = layout.hasTeams && list.has.contains(.group) && Bool.random(using: &random)
    var place = 0
    while place < people.count {
      let isTeam = hasTeams && Bool.random(using: &random) && place + 1 < people.count
      let members = place..<(place + (isTeam ? 2 : 1))
      for member in members where isTeam { people[member].team = "Team \(place + 100)" }
      var owner = Owner(students: people[members].map { list.id(of: $0) })
      handIn(&owner, people[place], place, &random)
      owners.append(owner)
      place += members.count
    }
    table = list.table(of: people, turned: Bool.random(using: &random))
    paths += layout.others
    paths.shuffle(using: &random)
  }

  private mutating func handIn(
    _ owner: inout Owner,
    _ person: RandomPerson,
    _ place: Int,
    _ random: inout SplitMix64
  ) {
    let style = Self.styles.randomElement(using: &random) ?? []
    let ending = Self.endings.randomElement(using: &random) ?? ""
    // A folder that is alone may be the class's: two owners at least hand something in.
    let kind = Int.random(in: place < 2 ? 2..<10 : 0..<10, using: &random)
    let most = layout.hasSeveral && kind > 6 ? Int.random(in: 2...3, using: &random) : 1
    var files = style.prefix(kind < 2 ? 0 : most).map { $0 + ending }
    owner.hasDocument = kind == 1 && layout != .githubClassroom
    if owner.hasDocument { files = ["answers.pdf"] }
    var seconds = Int.random(in: 0..<4000, using: &random)
    var attachment = Int.random(in: 1...9000, using: &random)
    for file in files {
      seconds += Int.random(in: 61...900, using: &random)
      attachment += Int.random(in: 1...99, using: &random)
      var time = start.addingTimeInterval(Double(seconds))
      // A minute is all that some names tell, and an hour that clocks show twice tells nothing.
      if layout.isToTheMinute { time -= time.timeIntervalSince1970.remainder(dividingBy: 60) }
      if layout.hasTimes, !isShownOnce(time) { continue }
      let path = layout.path(
        of: RandomLayout.Piece(file: file, place: place, time: time, number: attachment),
        by: person,
        in: zone
      )
      paths.append(path)
      if layout == .gradescope {
        facts["submission_\(9000 + place)"] = SourceFacts(people: [
          SourceFacts.Person(name: person.full, number: person.number)
        ])
      }
      guard !owner.hasDocument else { continue }
      owner.attempts.append(path)
      if layout.hasTimes { owner.times.append(time) }
      if Int.random(in: 0..<6, using: &random) == 0 { owner.damaged.insert(path) }
    }
    if files.isEmpty || !owner.attempts.isEmpty { return }
    owner.hasDocument = owner.hasDocument && paths.contains { $0.hasSuffix("answers.pdf") }
  }

  private func isShownOnce(_ time: Date) -> Bool {
    let wall = zone.secondsFromGMT(for: time)
    return [-7200.0, -3600, -1800, 1800, 3600, 7200].allSatisfy {
      zone.secondsFromGMT(for: time.addingTimeInterval($0)) == wall
    }
  }
}

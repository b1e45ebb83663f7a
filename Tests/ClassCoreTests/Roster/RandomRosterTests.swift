import ClassCore
import Foundation
import GraderCore
import Testing

/// Classes at random with a known truth: nobody gets another's hand-in, and what cannot be decided
/// is nobody's.
@Suite struct RandomRosterTests {
  private static let isAll = ProcessInfo.processInfo.environment["CHAINRULE_TESTS"] == "all"
  private static let count: UInt64 = isAll ? 2_000 : 200

  @Test func nobodyGetsAnothersWork() throws {
    var (found, all) = (0, 0)
    for seed in 0..<Self.count {
      let made = RandomRoster(seed: seed)
      let (roster, _) = try Roster.read(made.table)
      #expect(roster.members.count == made.people.count, "seed \(seed):\n\(made.table)")
      let plan = Download.plan(
        Download.recognize(paths: made.handIns.map(\.path)),
        in: DownloadContext(roster: roster, timeZone: .gmt, sharesInGroups: made.hasTeams)
      )
      #expect(plan.attempts.count == made.handIns.count, "seed \(seed): a hand-in is lost")
      let names = Dictionary(roster.students.map { ($0.id, $0.name) }) { first, _ in first }
      for handIn in made.handIns {
        let owners = plan.attempts.filter { $0.has(handIn.path) }.flatMap(\.students)
        all += 1
        guard !owners.isEmpty else {
          // It is told, and by its name.
          #expect(
            plan.oddities.contains { oddity in
              if case .unmatched(_, _, _) = oddity { return true }
              return false
            },
            "seed \(seed)"
          )
          continue
        }
        found += 1
        let told = Set(owners.compactMap { names[$0] }.map(RandomRoster.key))
        let right = Set(handIn.owners.map { RandomRoster.key(made.people[$0].listed) })
        #expect(told == right, "seed \(seed): \(handIn.path) is of \(told)\n\(made.table)")
      }
    }
    // A planner that finds nobody would make no mistake.
    #expect(found * 10 > all * 7, "only \(found) of \(all) were found")
  }
}

extension Attempt {
  fileprivate func has(_ path: String) -> Bool {
    switch content {
    case .archive(let file): file.path == path
    case .loose(let files), .unusable(let files): files.contains { $0.path == path }
    case nil: false
    }
  }
}

/// A class that does not exist, its list, and what its students hand in under what names.
struct RandomRoster {
  struct Person {
    var given: String
    var family: String
    var number: String
    var login: String
    var source: Int
    var team: String?
    /// The name as the list has it.
    var listed = ""
  }

  struct HandIn {
    var path: String
    /// Places of the owners among the people.
    var owners: Set<Int>
  }

  private(set) var people: [Person] = []
  private(set) var table = ""
  private(set) var handIns: [HandIn] = []
  let hasTeams: Bool
  private var random: SplitMix64

  /// A name without what lists add to it, its words in any order.
  static func key(_ name: String) -> [String] {
    name.unicodeScalars.filter { $0.properties.generalCategory != .format }
      .reduce(into: "") { $0.unicodeScalars.append($1) }
      .precomposedStringWithCanonicalMapping
      .split { !($0.isLetter || $0.isNumber) }.map(String.init).sorted()
  }

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    hasTeams = seed % 3 == 0
    makePeople()
    writeTable()
    handIn()
  }

  // MARK: People

  private static let names: [(given: [String], family: [String])] = [
    (
      ["Ada", "Ben", "Rémi", "Jörg", "May", "Rae Marie", "Seán"],
      ["Brandt", "Cole", "Leroy", "Müller", "Li", "O'Neil", "de la Cruz"]
    ),
    (["太郎", "花子", "健"], ["山田", "鈴木", "佐藤", "髙橋"]),
    (["小明", "伟", "丽"], ["王", "李", "欧阳"]),
    (["민수", "지은"], ["김", "박", "최"]),
    (["Иван", "Ольга"], ["Петров", "Йовович"]),
    (["نور", "سارة"], ["علي", "حسن"]),
  ]

  private mutating func pick<T>(_ all: [T]) -> T { all[Int(random.next() % UInt64(all.count))] }

  private mutating func chance(_ one: UInt64, in all: UInt64) -> Bool { random.next() % all < one }

  private mutating func makePeople() {
    let script = Self.names[Int(random.next() % 6)]
    let scheme = random.next() % 4
    var taken: Set<[String]> = []
    for place in 0..<(3 + Int(random.next() % 12)) {
      let source = chance(1, in: 4) ? Self.names[0] : script
      let (given, family) = (pick(source.given), pick(source.family))
      guard taken.insert(Self.key("\(given) \(family)")).inserted else { continue }
      let number =
        switch scheme {
        case 0: "\(place + 1)"
        case 1: "2026\(String(1000 + place * 37).suffix(4))"
        case 2: "202604\(String(101 + place).suffix(2))"
        default: "s\(7_001_000 + place * 13)"
        }
      people.append(
        Person(
          given: given,
          family: family,
          number: number,
          login: "u\(String(place * 7919 + 12_345, radix: 36))",
          source: 700 + place
        )
      )
    }
    // Who is in a team of three has two others beside them.
    guard hasTeams else { return }
    let isNumbered = chance(1, in: 2)
    for place in people.indices {
      let team = place / 3
      let name = ["Alder", "Birch", "Cedar", "Elm", "Fir"][team]
      people[place].team = isNumbered ? "\(team + 1)" : "Team \(name)"
    }
  }

  // MARK: The list

  private mutating func writeTable() {
    let dialect = random.next() % 10
    let separator = dialect < 4 ? "," : dialect < 7 ? ";" : "\t"
    let turnsNames = chance(1, in: 2)
    let marks = chance(1, in: 4)
    for place in people.indices {
      let person = people[place]
      let (given, family) = (person.given, person.family)
      var name = turnsNames ? "\(family), \(given)" : "\(given) \(family)"
      if marks { name = "\u{202B}\(name)\u{202C}" }
      people[place].listed = name
    }
    let headings: [[String]] = [
      ["Student Number", "Name", "Login", "Group"],
      ["Matrikelnummer", "Vollständiger Name", "Anmeldename", "Gruppe"],
      ["Numéro d'étudiant", "Nom complet", "Nom d'utilisateur", "Groupe"],
      ["Número de matrícula", "Nombre completo", "Nombre de usuario", "Grupo"],
      ["学籍番号", "氏名", "ユーザー名", "グループ"], ["学号", "姓名", "用户名", "小组"], ["학번", "이름", "아이디", "모둠"],
      ["Número de aluno", "Nome completo", "Nome de utilizador", "Grupo"],
      ["Numero di matricola", "Nome completo", "Nome utente", "Gruppo"],
      ["Studentnummer", "Volledige naam", "Gebruikersnaam", "Groep"],
    ]
    var rows = [headings[Int(dialect)]]
    for person in people {
      rows.append([person.number, person.listed, person.login, person.team ?? ""])
    }
    table =
      rows.map { row in
        row.map { $0.contains(separator) ? "\"\($0)\"" : $0 }.joined(separator: separator)
      }.joined(separator: "\r\n") + "\r\n"
  }

  // MARK: Names of hand-ins

  private mutating func handIn() {
    let style = random.next() % 4
    var used: Set<String> = []
    for place in people.indices where !chance(1, in: 6) {
      var owners: Set<Int> = [place]
      if hasTeams {
        owners = Set(people.indices.filter { people[$0].team == people[place].team })
      }
      let unit = name(of: place, style: style)
      guard used.insert(unit).inserted else { continue }
      let ending = style == 0 ? "_assignsubmission_file/hw.tar.gz" : "/hw.tar.gz"
      handIns.append(HandIn(path: unit + ending, owners: owners))
    }
  }

  private mutating func name(of place: Int, style: UInt64) -> String {
    let person = people[place]
    let (given, family) = (person.given, person.family)
    let name = chance(1, in: 2) ? "\(given) \(family)" : "\(family) \(given)"
    let plain = name.replacing("'", with: "")
    let date = pick(["2026-04-29", "20260429", "Apr 30, 2026 1159 PM", "29.04.2026", "04102026"])
    let count = random.next() % 12 + 1
    switch style {
    case 0:
      // The list has no participants' numbers, and a team's would be anybody's.
      let team = person.team.map { "\($0)-" } ?? ""
      return "\(team)\(plain)_\(700 + random.next() % 20)"
    case 1: return "\(48_000 + place)-90017 - \(plain) - \(date)"
    case 2:
      return pick([
        "HW \(count) - \(plain)", "\(count) \(plain)", "\(plain) \(date)", "\(plain) (\(count))",
        "hw\(count)_\(plain.replacing(" ", with: "_"))_final",
      ])
    default:
      return pick([
        person.login, "hw\(count) \(person.login)", "\(person.number) \(plain)", plain,
        "\(person.login)_\(person.family)_\(person.given)", "\(count)_\(date)_\(person.login)",
        "HW \(count)", "\(plain) \(pick(people.map(\.number)))",
      ])
    }
  }
}

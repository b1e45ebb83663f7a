import Foundation
import GraderCore

/// Somebody who does not exist.
struct RandomPerson {
  var given: String
  var family: String
  var number: String
  var login: String
  var source: Int
  var team: String?

  var full: String { "\(given) \(family)" }

  /// Names in six scripts, Latin letters with what systems do to them.
  private static let names: [(given: [String], family: [String])] = [
    (
      ["Ada", "Ben", "Rémi", "Jörg", "Łukasz", "Rae Marie", "Seán", "İpek"],
      ["Brandt", "Cole", "Leroy", "Müller", "Åse", "O'Neil", "de la Cruz", "Großmann"]
    ),
    (["太郎", "花子", "健"], ["山田", "鈴木", "佐藤", "髙橋"]),
    (["小明", "伟", "丽"], ["王", "李", "欧阳"]), (["민수", "지은", "서준"], ["김", "박", "최"]),
    (["Иван", "Ольга", "Юрий"], ["Петров", "Йовович", "Щукин"]),
    (["نور", "سارة", "علي"], ["حسن", "سعيد", "خان"]),
  ]

  /// People of different names, most of them in one script.
  static func some(_ count: Int, using random: inout SplitMix64) -> [RandomPerson] {
    let script = names.randomElement(using: &random) ?? names[0]
    let isDate = Int.random(in: 0..<4, using: &random) == 0
    var people: [RandomPerson] = []
    for place in 0..<count {
      let source = Int.random(in: 0..<3, using: &random) == 0 ? names[0] : script
      let given = source.given.randomElement(using: &random) ?? ""
      let family = source.family.randomElement(using: &random) ?? ""
      guard !people.contains(where: { $0.given == given && $0.family == family }) else { continue }
      people.append(
        RandomPerson(
          given: given,
          family: family,
          number: isDate ? "202604\(10 + place)" : "2026\(1000 + place * 37)",
          login: "u\(String(place * 7919 + 12_345, radix: 36))x",
          source: 700 + place
        )
      )
    }
    return people
  }
}

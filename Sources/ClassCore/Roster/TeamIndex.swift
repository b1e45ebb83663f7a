/// Finds the members of a team by what listings call it.
struct TeamIndex {
  private var byKey: [String: Set<Int>] = [:]
  private var byNumber: [String: Set<Int>] = [:]
  private var keys: [String?] = []
  private var teamless: Set<Int> = []

  init(_ roster: Roster) {
    for (place, member) in roster.members.enumerated() {
      let group = member.group ?? ""
      let key = NameKey.exact(group)
      keys.append(key.isEmpty ? nil : key)
      guard !key.isEmpty else {
        teamless.insert(place)
        continue
      }
      byKey[key, default: []].insert(place)
      if let number = Self.number(of: group) { byNumber[number, default: []].insert(place) }
    }
  }

  /// The members of each team.
  var all: [Set<Int>] { Array(byKey.values) }

  /// The members of the team with a name, or with a number and a word for a team before it; nil if
  /// there is none, or if several could be meant.
  func places(of name: some StringProtocol) -> Set<Int>? {
    let key = NameKey.exact(name)
    if let places = byKey[key] { return places }
    // Moodle's team of all who are in none.
    if Self.names(ofTeamless: key), !byKey.isEmpty, !teamless.isEmpty { return teamless }
    guard let number = Self.number(of: String(name)), let places = byNumber[number] else {
      return nil
    }
    return byKey.values.contains(where: places.isSubset(of:)) ? places : nil
  }

  /// All members of the same team, the student among them.
  func companions(of place: Int) -> [Int] {
    keys[place].map { byKey[$0, default: [place]].sorted() } ?? [place]
  }

  /// `Team 07`, `第7班` and `7` are team 7.
  private static func number(of name: String) -> String? {
    let key = NameKey.plain(name)
    guard let start = key.firstIndex(where: \.isDigit) else { return nil }
    let digits = key[start...].prefix(while: \.isDigit)
    let word = (key[..<start] + key[digits.endIndex...]).drop { $0 == "第" }
    guard digits.count <= 4, word.isEmpty || words.contains(String(word)) else { return nil }
    return String(digits.drop { $0 == "0" })
  }

  private static let words: Set<String> = [
    "group", "team", "gruppe", "groupe", "equipe", "grupo", "equipo", "gruppo", "squadra", "groep",
    "グループ", "チーム", "班", "小组", "组", "小組", "組", "群組", "그룹", "모둠", "팀", "조",
  ]

  private static func names(ofTeamless key: String) -> Bool {
    [
      "defaultgroup", "standardgruppe", "groupepardéfaut", "grupopordefecto",
      "grupopredeterminado", "grupopredefinido", "grupopadrão", "gruppopredefinito",
      "gruppodefault", "standaardgroep", "デフォルトグループ", "默认小组", "默认组", "預設群組", "기본모둠",
      "기본그룹",
    ].contains(key)
  }
}

import Foundation

/// Finds the students that all claims together mean.
struct RosterIndex {
  private var byNumber = PlaceIndex()
  private var byLogin = PlaceIndex()
  private var byMailName = PlaceIndex()
  private var bySource = PlaceIndex()
  private var byName = PlaceIndex()
  private var byWord = PlaceIndex()
  private var names: [Set<String>] = []
  private var teams: TeamIndex

  /// The result of a search.
  enum Match: Equatable {
    /// One student, or all of one team; places in the roster, sorted.
    case found([Int])
    /// These may be meant, and nothing says which, or what is said contradicts itself.
    case several([Int])
    case none
  }

  init(_ roster: Roster) {
    teams = TeamIndex(roster)
    for (place, member) in roster.members.enumerated() {
      let student = member.student
      for login in member.logins + [student.id] {
        byLogin.insert(place, for: login.lowercased())
        guard let number = StudentNumber.known(login) else { continue }
        byNumber.insert(place, for: number)
      }
      if let email = student.email?.lowercased() {
        byLogin.insert(place, for: email)
        byMailName.insert(place, for: String(email.prefix { $0 != "@" }))
      }
      if let source = member.sourceID { bySource.insert(place, for: source) }
      for key in NameKey.all(of: student.name) { byName.insert(place, for: key) }
      let words = NameKey.words(of: student.name)
      for word in words { byWord.insert(place, for: word) }
      names.append(words)
    }
  }

  /// The decision of all claims together.
  func match(_ claims: [Claim]) -> Match { evidence(claims).decision(teams: teams.all) }

  /// Everybody whom some claim fits.
  func candidates(_ claims: [Claim]) -> Set<Int> {
    evidence(claims).reduce(into: []) { $0.formUnion($1.places) }
  }

  /// All members of the same group, the student among them.
  func companions(of place: Int) -> [Int] { teams.companions(of: place) }

  // MARK: Evidence

  private func evidence(_ claims: [Claim]) -> [Evidence] {
    var found: [Evidence] = []
    for (_, claims) in claims.fields {
      let places = claims.reduce(into: Set<Int>()) { $0.formUnion(self.places(of: $1)) }
      if !places.isEmpty {
        found.append(Evidence(places: places, weight: .strong))
      } else if let claim = claims.first(where: { $0.kind == .name || $0.kind == .any }) {
        found += claim.kind == .name ? self.names(in: claim.text) : anything(in: claim.text)
      }
    }
    let names = claims.filter { $0.kind == .name }.map(\.text)
    for claim in claims where claim.kind == .participant {
      if let evidence = participant(claim.text, named: names, beside: found) {
        found.append(evidence)
      }
    }
    return found
  }

  /// The students whom a claim fits that can be of no other kind.
  private func places(of claim: Claim) -> Set<Int> {
    switch claim.kind {
    case .sourceID: bySource[claim.text, default: []]
    case .number: byNumber[StudentNumber.normalized(claim.text), default: []]
    case .login: logins(claim.text)
    case .participant, .name, .any: []
    }
  }

  private func logins(_ text: some StringProtocol) -> Set<Int> {
    let login = text.lowercased()
    return byLogin[login, default: []].union(byMailName[login, default: []])
  }

  private func people(_ name: some StringProtocol) -> Set<Int> {
    NameKey.spellings(of: name).reduce(into: []) { $0.formUnion(byName[$1, default: []]) }
  }

  /// Moodle's number is a participant's or a team's, and only the name beside it tells which.
  ///
  /// Where the name is a team's, it is no participant's; where the name is nobody's in the roster,
  /// the number alone is only a hint.
  private func participant(
    _ id: String,
    named names: [String],
    beside evidence: [Evidence]
  ) -> Evidence? {
    guard let places = bySource[id] else { return nil }
    if names.contains(where: { people($0).isEmpty && teams.places(of: $0) != nil }) { return nil }
    let agrees = names.allSatisfy { name in
      let words = NameKey.words(of: name)
      return words.isEmpty || !words.isDisjoint(with: HiddenNames.words)
        || places.contains { self.names[$0].isEmpty || !self.names[$0].isDisjoint(with: words) }
    }
    let isKnown = evidence.contains { $0.weight == .strong }
    return Evidence(places: places, weight: agrees || isKnown ? .strong : .weak)
  }

  // MARK: Names of files and folders

  /// A person's name or a team's; else what else it may be.
  private func names(in text: String) -> [Evidence] {
    let (people, team) = (people(text), teams.places(of: text) ?? [])
    guard people.isEmpty, team.isEmpty else { return [together(people, [], team)] }
    return anything(in: text)
  }

  private func together(_ people: Set<Int>, _ ids: Set<Int>, _ team: Set<Int>) -> Evidence {
    let places = people.union(ids).union(team)
    return Evidence(places: places, weight: .strong, isTeam: !team.isEmpty && team == places)
  }

  /// The whole text if it is a name of somebody's, else the names, numbers and logins in it.
  private func anything(in text: String) -> [Evidence] {
    let ids = WrittenDate.isApart(text) ? [] : byNumber[StudentNumber.normalized(text)]
    let whole = together(
      people(text),
      logins(text).union(ids ?? []),
      teams.places(of: text) ?? []
    )
    return whole.places.isEmpty ? phrases(in: NameWords(text)) : [whole]
  }

  /// No name of a person or a team has more words.
  private static let longestRun = 8

  /// The evidence of runs of words, without those within a longer one.
  private func phrases(in words: NameWords) -> [Evidence] {
    var hits: [(run: Range<Int>, evidence: Evidence)] = []
    for length in (1...Self.longestRun).reversed() where length <= words.count {
      for start in 0...(words.count - length) {
        let run = start..<(start + length)
        let isWithin = hits.contains { hit in
          hit.run.lowerBound <= run.lowerBound && run.upperBound <= hit.run.upperBound
        }
        guard !isWithin, let evidence = phrase(words[run], words: length) else { continue }
        hits.append((run, evidence))
      }
    }
    let isAlone = (0..<words.count).allSatisfy { place in
      hits.contains { $0.run.contains(place) } || CommonWords.isOne(words[place..<(place + 1)])
    }
    return hits.map { hit in
      var evidence = hit.evidence
      if evidence.weight == .lone, !isAlone { evidence.weight = .weak }
      return evidence
    }
  }

  private func phrase(_ text: Substring, words: Int) -> Evidence? {
    let (people, team) = (people(text), teams.places(of: text) ?? [])
    let readings: [(places: Set<Int>, weight: Evidence.Weight)] = [
      (people, words > 1 || PhraseWeight.isLong(text) ? .strong : .weak),
      (team, words > 1 || PhraseWeight.isLong(text) ? .strong : .weak),
      (text.contains(" ") ? [] : logins(text), PhraseWeight.ofLogin(text)),
      (number(text) ?? [], PhraseWeight.ofNumber(text)),
    ]
    let fitting = readings.filter { !$0.places.isEmpty }
    guard let weight = fitting.map(\.weight).max(by: { $0.rawValue < $1.rawValue }) else {
      return nil
    }
    let places = fitting.filter { $0.weight == weight }
      .reduce(into: Set<Int>()) { $0.formUnion($1.places) }
    return Evidence(
      places: places,
      weight: weight,
      isTeam: !team.isEmpty && team == places,
      tolerated: words > 1 ? [] : byWord[NameKey.exact(text), default: []]
    )
  }

  /// The students of a number that stands among other words.
  private func number(_ text: Substring) -> Set<Int>? {
    guard text.allSatisfy({ $0 == "-" || $0.isDigit || $0.isLetter }), !WrittenDate.isApart(text)
    else { return nil }
    return byNumber[StudentNumber.normalized(text)]
  }
}

extension [Claim] {
  /// The claims of each field, in the order of the first of each.
  fileprivate var fields: [(field: String, claims: [Claim])] {
    reduce(into: []) { fields, claim in
      if let place = fields.firstIndex(where: { $0.field == claim.field }) {
        fields[place].claims.append(claim)
      } else {
        fields.append((claim.field, [claim]))
      }
    }
  }
}

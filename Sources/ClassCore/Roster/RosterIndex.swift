/// Finds the students that a claim may mean.
struct RosterIndex {
  private var byNumber: [String: Set<Int>] = [:]
  private var byLogin: [String: Set<Int>] = [:]
  private var byMailName: [String: Set<Int>] = [:]
  private var bySource: [String: Set<Int>] = [:]
  private var byName: [String: Set<Int>] = [:]
  private var byGroup: [String: Set<Int>] = [:]

  /// The result of a search.
  enum Match: Equatable {
    /// One student, or all of one group; places in the roster, sorted.
    case found([Int])
    /// Several students, and nothing says which.
    case several([Int])
    case none
  }

  init(_ roster: Roster) {
    for (place, member) in roster.members.enumerated() {
      let student = member.student
      for login in member.logins + [student.id] {
        byLogin[login.lowercased(), default: []].insert(place)
        guard let number = StudentNumber.known(login) else { continue }
        byNumber[number, default: []].insert(place)
      }
      if let email = student.email?.lowercased() {
        byLogin[email, default: []].insert(place)
        byMailName[String(email.prefix { $0 != "@" }), default: []].insert(place)
      }
      if let source = member.sourceID { bySource[source, default: []].insert(place) }
      for key in NameKey.all(of: student.name) { byName[key, default: []].insert(place) }
      if let group = member.group { byGroup[NameKey.exact(group), default: []].insert(place) }
    }
  }

  /// The first claim that means exactly one student or one group decides.
  func match(_ claims: [Claim]) -> Match {
    var doubtful: Set<Int> = []
    for claim in claims where claim.kind != .word {
      for places in candidates(of: claim) {
        if places.count == 1 { return .found(places.sorted()) }
        doubtful.formUnion(places)
      }
      if let group = group(of: claim) { return .found(group.sorted()) }
    }
    if !doubtful.isEmpty { return .several(doubtful.sorted()) }
    let words = claims.filter { $0.kind == .word }
      .reduce(into: Set<Int>()) { found, word in
        for places in candidates(of: word) { found.formUnion(places) }
      }
    guard let first = words.first else { return .none }
    return words.count == 1 ? .found([first]) : .several(words.sorted())
  }

  /// All members of the same group, the student among them.
  func companions(of place: Int, in roster: Roster) -> [Int] {
    guard let group = roster.members[place].group else { return [place] }
    return byGroup[NameKey.exact(group), default: [place]].sorted()
  }

  private func group(of claim: Claim) -> Set<Int>? {
    guard [.name, .any].contains(claim.kind) else { return nil }
    return byGroup[NameKey.exact(claim.text)]
  }

  /// The students that fit, one set for each way to read the claim.
  private func candidates(of claim: Claim) -> [Set<Int>] {
    let (number, login) = (StudentNumber.normalized(claim.text), claim.text.lowercased())
    let ways: [Set<Int>?]
    switch claim.kind {
    case .sourceID: ways = [bySource[claim.text]]
    case .number: ways = [byNumber[number]]
    case .login: ways = [byLogin[login], byMailName[login]]
    case .name: ways = names(claim.text)
    case .any, .word:
      ways = [byNumber[number], byLogin[login], byMailName[login]] + names(claim.text)
    }
    return ways.compactMap(\.self)
  }

  private func names(_ text: String) -> [Set<Int>?] {
    [byName[NameKey.exact(text)], byName[NameKey.plain(text)]]
  }
}

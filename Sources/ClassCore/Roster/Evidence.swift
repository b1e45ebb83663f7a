/// One thing that a listing says about an owner, and everybody in the roster whom it fits.
struct Evidence: Equatable {
  /// The trust that a thing deserves.
  enum Weight: Int {
    /// A number that may count homework or days as well: only ever a hint beside others.
    case weak
    /// A number that may be a date: it decides where nothing else says anything.
    case lone
    /// A full name, a team, a number or a login: nothing that is decided may contradict it.
    case strong
  }

  /// Places in the roster.
  var places: Set<Int>
  var weight: Weight
  /// True if it means all members of a team together.
  var isTeam = false
  /// Others whom it does not exclude, such as those whose family name is somebody's login.
  var tolerated: Set<Int> = []
}

extension [Evidence] {
  /// The decision of all evidence together.
  ///
  /// Whoever all strong evidence fits is meant. Where nobody is, it contradicts itself, and all
  /// whom it names are candidates; so they are where several are left. Weak evidence tells equals
  /// apart, and decides nothing alone.
  func decision(teams: [Set<Int>]) -> RosterIndex.Match {
    let strong = filter { $0.weight == .strong }
    guard !strong.isEmpty else { return loneDecision }
    let all = strong.union
    let common =
      strong.count == 1 ? strong[0].places : strong.map { $0.places.union($0.tolerated) }.common
    if common.count == 1 { return .found(common.sorted()) }
    if common.isEmpty {
      // Two members of one team are the team.
      let isOneTeam = teams.contains(where: all.isSubset(of:))
      return isOneTeam ? .found(all.sorted()) : .several(all.sorted())
    }
    let isOneTeam = teams.contains(where: common.isSubset(of:))
    if isOneTeam, strong.contains(where: \.isTeam) { return .found(common.sorted()) }
    let narrowed = filter { $0.weight != .strong }.reduce(common) { left, hint in
      left.isDisjoint(with: hint.places) ? left : left.intersection(hint.places)
    }
    return narrowed.count == 1 ? .found(narrowed.sorted()) : .several(common.sorted())
  }

  private var loneDecision: RosterIndex.Match {
    guard !isEmpty else { return .none }
    let common = filter { $0.weight == .lone }.map(\.places).common
    return common.count == 1 ? .found(common.sorted()) : .several(union.sorted())
  }

  private var union: Set<Int> { reduce(into: []) { $0.formUnion($1.places) } }
}

extension [Set<Int>] {
  /// The members of all of them; none if there are no sets.
  fileprivate var common: Set<Int> {
    dropFirst().reduce(first ?? []) { $0.intersection($1) }
  }
}

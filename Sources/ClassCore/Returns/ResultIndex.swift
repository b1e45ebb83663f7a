import GraderCore

/// Finds the results that belong to the rows of somebody else's table.
struct ResultIndex {
  private let results: [FinalResult]
  /// The result of each member of the roster below, and the member's place among its students.
  private let places: [(result: Int, student: Int)]
  private let names: [String]
  private let index: RosterIndex

  /// A row that has no result, and why.
  enum Unmatched: Error {
    /// Nobody has such a result.
    case nobody
    /// Other rows say they are the same person's.
    case contested
    /// Its numbers and its name are of different persons.
    case contradicted
  }

  /// The place of the result of the person that a row is about.
  typealias Match = Result<Int, Unmatched>

  init(_ results: [FinalResult]) {
    var members: [Roster.Member] = []
    var places: [(result: Int, student: Int)] = []
    for (place, result) in results.enumerated() {
      // A group has one name at the source: it fits several members, and so tells none of them.
      for (position, student) in result.students.enumerated() {
        members.append(Roster.Member(student: student, sourceID: result.attempt?.sourceID))
        places.append((place, position))
      }
    }
    names = members.map(\.student.name)
    self.results = results
    self.places = places
    index = RosterIndex(Roster(members: members))
  }

  /// The outcomes of the rows, and sentences about results with a grade that no row took.
  func match(_ rows: [[String]], _ columns: RosterColumns) -> (rows: [Match], leftOver: [String]) {
    let sure = rows.map { self.sure($0, columns) }
    // Two persons can have one name: it counts where nothing better is known of either.
    let taken = Set(sure.compactMap { try? $0?.get() })
    let all = zip(rows, sure).map { row, sure -> Result<Int, Unmatched> in
      if let sure { return sure }
      let named = member(claiming: [Claim(.name, columns.name(in: row))])
      return named.flatMap { taken.contains($0) ? nil : .success($0) } ?? .failure(.nobody)
    }
    let claims = Dictionary(grouping: all.compactMap { try? $0.get() }, by: \.self)
    let matched = all.map { member -> Match in
      member.flatMap { member -> Match in
        claims[member]?.count == 1 ? .success(places[member].result) : .failure(.contested)
      }
    }
    return (matched, leftOver(claims))
  }

  /// The member that a row's numbers, logins and addresses mean together, else the source's own
  /// number; nil if they say nothing.
  private func sure(_ row: [String], _ columns: RosterColumns) -> Result<Int, Unmatched>? {
    let identifiers = identifiers(row, columns)
    let named = index.candidates([Claim(.name, columns.name(in: row))])
    switch index.match(identifiers) {
    case .found(let found):
      guard found.count == 1 else { return nil }
      return named.contains(found[0]) || named.isEmpty && mayBe(found[0], row, columns)
        ? .success(found[0]) : .failure(.contradicted)
    case .several: return .failure(.contradicted)
    case .none: return source(row, columns, named: named).map { .success($0) }
    }
  }

  private func identifiers(_ row: [String], _ columns: RosterColumns) -> [Claim] {
    let names = columns.values(.login, in: row) + columns.values(.email, in: row)
    return columns.values(.number, in: row).map { Claim(.number, $0) }
      + names.flatMap { [Claim(.login, $0), Claim(.number, $0)] }
  }

  /// The member by the source's own number, unless the row names somebody else.
  ///
  /// Moodle numbers teams as it numbers participants, and one download's numbers are not another's.
  private func source(_ row: [String], _ columns: RosterColumns, named: Set<Int>) -> Int? {
    let numbers = columns.values(.source, in: row).map {
      Claim(.sourceID, RosterColumns.withoutWords($0))
    }
    let found = index.candidates(numbers)
    let both = named.isEmpty ? found : found.intersection(named)
    guard both.count == 1, let member = both.first else { return nil }
    return !named.isEmpty || mayBe(member, row, columns) ? member : nil
  }

  /// False if a row's name, which is nobody's here, has nothing in common with the member's.
  private func mayBe(_ member: Int, _ row: [String], _ columns: RosterColumns) -> Bool {
    let (listed, known) = (columns.name(in: row), names[member])
    let isHidden = !NameKey.words(of: listed).isDisjoint(with: HiddenNames.words)
    return isHidden || !NameKey.areForeign(listed, known)
  }

  private func member(claiming claims: [Claim]) -> Int? {
    guard case .found(let found) = index.match(claims.filter { !$0.text.isEmpty }) else {
      return nil
    }
    return found.count == 1 ? found[0] : nil
  }

  private func leftOver(_ claims: [Int: [Int]]) -> [String] {
    places.enumerated().filter { member, place in
      claims[member] == nil && results[place.result].final?.total != nil
    }.map { _, place in
      "No row for \(results[place.result].students[place.student].id), who has a grade."
    }
  }
}

extension ResultIndex.Match {
  /// The result among all, if it holds a grade to give back.
  func graded(in results: [FinalResult]) -> FinalResult? {
    guard case .success(let place) = self, results[place].final?.total != nil else { return nil }
    return results[place]
  }

  /// The reason why there is no grade for the row.
  var reason: String {
    switch self {
    case .success: "has no final grade yet"
    case .failure(.nobody): "has no result"
    case .failure(.contested): "cannot be told from another row"
    case .failure(.contradicted): "has a number of one person and another's name, or two persons'"
    }
  }
}

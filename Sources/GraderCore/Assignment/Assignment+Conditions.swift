extension Assignment {
  /// The places of the tests in rounds: each test comes in a round behind that which it waits for.
  ///
  /// - Precondition: No tests wait for each other.
  package var rounds: [[Int]] {
    var rounds: [[Int]] = []
    var done: Set<String> = []
    while done.count < tests.count {
      let next = tests.indices.filter { place in
        !done.contains(tests[place].id) && tests[place].onlyIf.map(done.contains) != false
      }
      precondition(!next.isEmpty, "tests wait for each other")
      done.formUnion(next.map { tests[$0].id })
      rounds.append(next)
    }
    return rounds
  }

  /// The faults of what tests wait for.
  var conditionProblems: [String] {
    tests.flatMap { test -> [String] in
      guard let id = test.onlyIf else { return [] }
      if id == test.id { return ["\(test.id): waits for itself"] }
      guard let other = tests.first(where: { $0.id == id }) else {
        return ["\(test.id): waits for \(id), which is no test"]
      }
      var found: [String] = []
      if other.visibility.rank > test.visibility.rank {
        found.append("\(test.id): waits for \(id), which students see later or never")
      }
      if test.carries?.contains(id) == true {
        found.append("\(test.id): waits for \(id), so it cannot carry its errors")
      }
      return found
    } + circles.map { "\($0.joined(separator: ", ")): they wait for each other" }
  }

  /// The tests that wait for each other, in the order in which they do, each circle once.
  private var circles: [[String]] {
    let next = Dictionary(tests.map { ($0.id, $0.onlyIf) }) { first, _ in first }
    var known: Set<String> = []
    return tests.compactMap { test in
      var path: [String] = []
      var id: String? = test.id
      while let place = id, !path.contains(place) {
        path.append(place)
        id = next[place] ?? nil
      }
      guard path.count > 1, id == test.id, known.isDisjoint(with: path) else { return nil }
      known.formUnion(path)
      return path
    }
  }
}

extension Assignment.Visibility {
  /// Grows with the time at which a student sees a result.
  fileprivate var rank: Int {
    switch self {
    case .visible: 0
    case .afterDueDate: 1
    case .hidden: 2
    }
  }
}

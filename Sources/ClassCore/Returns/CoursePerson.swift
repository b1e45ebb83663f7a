import GraderCore

/// The reason why several classes cannot be joined: somebody's points would be another's.
package enum CourseProblem: Error, Equatable {
  /// Two students of one class are one person by another class's list.
  case twoOfOneClass(part: String, ids: [String])
  /// One number or address stands for people whose names have nothing in common.
  case twoNames(ids: [String], names: [String])
  /// People of one name are known by different kinds of identifiers, and may be one.
  case perhapsOne(name: String, ids: [String])
}

extension CourseProblem: CustomStringConvertible {
  /// A sentence for a person.
  package var description: String {
    switch self {
    case .twoOfOneClass(let part, let ids):
      "\(ids.joined(separator: " and ")) of \(part) are one person by another class's list."
    case .twoNames(let ids, let names):
      "\(ids.joined(separator: " and ")) is \(names.joined(separator: " and ")), which are two "
        + "names with nothing in common."
    case .perhapsOne(let name, let ids):
      "\(name) is \(ids.joined(separator: " and ")), and nothing says whether that is one person."
    }
  }
}

/// A student of one or several classes.
struct CoursePerson {
  /// The student as the first class that has a number for them knows them.
  private(set) var student: Student
  /// The student's id in each class; nil where they are in none.
  private(set) var ids: [String?]
  private var names: [String]
  private var keys: Set<String>

  /// Everybody in some of the classes once, in the order of ids.
  static func joined(_ parts: [CourseTable.Part]) throws(CourseProblem) -> [CoursePerson] {
    // Who turns out to be another leaves an empty place.
    var people: [CoursePerson?] = []
    var places: [String: Int] = [:]
    for (part, oneClass) in parts.enumerated() {
      let members = Dictionary(
        (oneClass.roster?.members ?? []).map { ($0.student.id, $0) }
      ) { first, _ in first }
      for student in students(of: oneClass) {
        var new = CoursePerson(student, members[student.id], in: part, of: parts.count)
        // A list that knows more than others joins what they could not.
        for place in Set(new.keys.compactMap { places[$0] }).sorted() {
          guard var earlier = people[place] else { continue }
          people[place] = nil
          try earlier.take(new, parts)
          new = earlier
        }
        for key in new.keys { places[key] = people.count }
        people.append(new)
      }
    }
    let all = people.compactMap(\.self)
    try refuseDoubles(all)
    return all.sorted { $0.student.id < $1.student.id }
  }

  private static func students(of part: CourseTable.Part) -> [Student] {
    var known: [String: Student] = [:]
    for student in part.results.flatMap(\.students)
    where known[student.id].map(\.name.isEmpty) ?? true {
      known[student.id] = student
    }
    return known.values.sorted { $0.id < $1.id }
  }

  private init(_ student: Student, _ member: Roster.Member?, in part: Int, of count: Int) {
    self.student = student
    ids = Array(repeating: nil, count: count)
    ids[part] = student.id
    names = student.name.isEmpty ? [] : [student.name]
    let texts = [student.id, student.email ?? "", member?.student.email ?? ""]
    keys = Set((texts + (member?.logins ?? [])).filter { !$0.isEmpty }.map(Self.key))
  }

  /// Addresses and logins whatever their case, numbers whatever their form.
  private static func key(_ text: String) -> String {
    text.contains("@") ? text.lowercased() : StudentNumber.normalized(text)
  }

  private mutating func take(
    _ other: CoursePerson,
    _ parts: [CourseTable.Part]
  ) throws(CourseProblem) {
    for (part, both) in zip(ids, other.ids).enumerated() {
      guard let mine = both.0, let theirs = both.1 else { continue }
      throw .twoOfOneClass(part: parts[part].name, ids: [mine, theirs])
    }
    ids = zip(ids, other.ids).map { $0 ?? $1 }
    keys.formUnion(other.keys)
    let all = names + other.names
    if let mine = names.first, let theirs = other.names.first, NameKey.areForeign(mine, theirs) {
      throw .twoNames(ids: Array(Set(ids.compactMap(\.self))).sorted(), names: [mine, theirs])
    }
    names = all
    let isBetter = StudentNumber.isLikely(other.student.id) && !StudentNumber.isLikely(student.id)
    let knowsName = student.name.isEmpty && other.student.id == student.id
    if isBetter || knowsName { student = other.student }
    if student.name.isEmpty { student.name = names.first ?? "" }
  }

  /// Refuses people of one name of whom one class knows a number and another an address: a name
  /// alone joins nobody, and two rows for one person would be as wrong.
  private static func refuseDoubles(_ people: [CoursePerson]) throws(CourseProblem) {
    // Who is in every class is nobody else of any.
    let named = people.filter { $0.ids.contains(nil) }.flatMap { person in
      Set(person.names.flatMap(NameKey.all)).map { ($0, person) }
    }
    let groups = Dictionary(grouping: named, by: \.0).mapValues { $0.map(\.1) }
    for (_, group) in groups.sorted(by: { $0.key < $1.key }) {
      for (place, one) in group.enumerated() {
        for other in group[(place + 1)...] where one.mayBe(other) {
          throw .perhapsOne(name: one.names[0], ids: [one.student.id, other.student.id])
        }
      }
    }
  }

  private func mayBe(_ other: CoursePerson) -> Bool {
    let isApart = zip(ids, other.ids).allSatisfy { $0 == nil || $1 == nil }
    return isApart
      && (kinds.isDisjoint(with: other.kinds) || !digits.isDisjoint(with: other.digits))
  }

  /// The digits of numbers without what lists add or lose: letters, and zeros before them.
  private var digits: Set<String> {
    Set(
      keys.filter { !$0.contains("@") }.map { String($0.filter(\.isDigit).drop { $0 == "0" }) }
        .filter { $0.count > 4 }
    )
  }

  /// The kinds of identifiers that are known: of one kind two are two persons'.
  private var kinds: Set<String> {
    Set(
      keys.map { key in
        if key.contains("@") { return "address" }
        return key.contains(where: \.isNumber) ? "number" : "login"
      }
    )
  }

  /// A sentence for each two classes that have nobody in common.
  static func strangers(_ people: [CoursePerson], _ parts: [CourseTable.Part]) -> [String] {
    parts.indices.flatMap { first in
      parts.indices.dropFirst(first + 1).compactMap { second -> String? in
        let both = people.contains { $0.ids[first] != nil && $0.ids[second] != nil }
        let either = [first, second].allSatisfy { place in people.contains { $0.ids[place] != nil }
        }
        guard !both, either else { return nil }
        return "\(parts[first].name) and \(parts[second].name) have nobody in common: either "
          + "these are two classes, or their lists share no number, address or login."
      }
    }
  }
}

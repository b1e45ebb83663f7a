import Foundation

extension Download {
  /// Plans who handed in what: each delivery with its students, its archives in order, and all that
  /// a person should know.
  package static func plan(_ recognition: Recognition, in context: DownloadContext) -> DownloadPlan
  {
    var planner = Planner(context)
    for delivery in recognition.deliveries { planner.add(delivery) }
    planner.finish(recognition)
    return DownloadPlan(
      kind: recognition.kind,
      votes: recognition.votes,
      students: planner.students,
      attempts: planner.attempts,
      oddities: planner.oddities
    )
  }
}

private struct Planner {
  let context: DownloadContext
  let index: RosterIndex?
  private(set) var students: [Student]
  private(set) var attempts: [Attempt] = []
  private(set) var oddities: [Oddity] = []
  private var known: Set<String>
  private var heardOf: Set<String> = []

  init(_ context: DownloadContext) {
    self.context = context
    index = context.roster.map(RosterIndex.init)
    students = context.roster?.students ?? []
    known = Set(students.map(\.id))
  }

  mutating func add(_ delivery: Delivery) {
    let people = whose(delivery)
    heardOf.formUnion(people)
    if delivery.isStray { oddities.append(.stray(delivery: delivery.label, students: people)) }
    let parts = DeliveryFiles(delivery.files)
    let contents = parts.contents
    if contents.isEmpty {
      oddities.append(
        .noArchive(students: people, delivery: delivery.label, files: delivery.files.map(\.name))
      )
    } else if !parts.besides.isEmpty {
      oddities.append(
        .besides(students: people, delivery: delivery.label, files: parts.besides.map(\.name))
      )
    }
    let submittedAt =
      context.facts[delivery.owner]?.submittedAt
      ?? delivery.submittedAt?.date(in: context.timeZone)
    for content in contents {
      var attempt = Attempt(
        students: people,
        originalName: content.name(in: delivery),
        path: "",
        submittedAt: submittedAt,
        isMarkedLate: delivery.isMarkedLate,
        sourceID: delivery.sourceID ?? delivery.owner
      )
      (attempt.label, attempt.content) = (delivery.label, content)
      attempts.append(attempt)
    }
  }

  // MARK: Whose it is

  /// The students' ids; none if nobody can tell.
  private mutating func whose(_ delivery: Delivery) -> [String] {
    guard let index, let roster = context.roster else {
      return [newcomers(delivery)].flatMap(\.self)
    }
    var candidates: Set<Int> = []
    var places: Set<Int> = []
    for claims in claims(of: delivery) {
      switch index.match(claims) {
      case .found(let found): places.formUnion(found)
      case .several(let found): candidates.formUnion(found)
      case .none: break
      }
    }
    if context.sharesInGroups {
      for place in places { places.formUnion(index.companions(of: place)) }
    }
    if places.isEmpty {
      oddities.append(
        .unmatched(
          delivery: delivery.label,
          files: delivery.files.map(\.name),
          candidates: candidates.sorted().map { roster.members[$0].student }
        )
      )
    }
    return places.sorted().map { roster.members[$0].student.id }
  }

  /// Claims for each person that the delivery is of.
  private func claims(of delivery: Delivery) -> [[Claim]] {
    guard let facts = context.facts[delivery.owner], !facts.people.isEmpty else {
      return [delivery.claims]
    }
    return facts.people.map { person in
      [
        person.number.map { Claim(.number, $0, of: "number") },
        person.email.map { Claim(.login, $0, of: "email") }, Claim(.name, person.name, of: "name"),
      ].compactMap(\.self)
    }
  }

  /// Without a roster everybody who hands in is a student.
  private mutating func newcomers(_ delivery: Delivery) -> [String] {
    var people = context.facts[delivery.owner]?.people.map { person in
      Student(
        id: person.number.flatMap(StudentNumber.known) ?? person.email ?? person.name,
        name: person.name,
        email: person.email
      )
    }
    if people?.isEmpty ?? true { people = [Self.student(delivery)] }
    for student in people ?? [] where known.insert(student.id).inserted {
      students.append(student)
    }
    return people?.map(\.id) ?? []
  }

  private static func student(_ delivery: Delivery) -> Student {
    let number = delivery.claims.first { $0.kind == .number }?.text ?? numberInName(delivery)
    let name = delivery.claims.first { $0.kind == .name }?.text
    if let number, StudentNumber.isLikely(number) {
      return Student(id: StudentNumber.normalized(number), name: name ?? "")
    }
    // Two persons can have one name, but not one name in the source.
    let id =
      delivery.sourceID.map { name == nil ? $0 : "\(delivery.label) (\($0))" } ?? delivery.label
    return Student(id: id, name: name ?? "")
  }

  /// No system says who somebody is in a name that people gave, but a number may stand in it.
  private static func numberInName(_ delivery: Delivery) -> String? {
    guard delivery.claims.map(\.kind) == [.any] else { return nil }
    return StudentNumber.first(in: delivery.label).map(String.init)
  }

  // MARK: All together

  mutating func finish(_ recognition: Recognition) {
    number()
    for attempt in attempts { checkLateness(of: attempt) }
    if context.roster != nil {
      oddities += students.filter { !heardOf.contains($0.id) }.map { .nothing($0) }
    }
    oddities += recognition.strangers.map { .stranger(path: $0) }
    let passed = recognition.metadata + recognition.litter
    if !passed.isEmpty {
      oddities.append(.passedOver(count: passed.count, examples: Array(passed.prefix(3))))
    }
  }

  /// Counts the attempts of the same students in the order of handing in.
  private mutating func number() {
    let groups = Dictionary(grouping: attempts.indices) { index in
      let people = attempts[index].students
      return people.isEmpty ? ["", attempts[index].sourceID ?? ""] : people
    }
    for places in groups.values where places.count > 1 {
      let ordered = places.sorted { isBefore(attempts[$0], attempts[$1]) }
      for (number, place) in ordered.enumerated() { attempts[place].number = number + 1 }
    }
    attempts.sort { left, right in
      (left.students, left.number) < (right.students, right.number)
    }
    let repeated = groups.filter { $1.count > 1 && !($0.first?.isEmpty ?? true) }.keys
    for people in repeated.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let names = attempts.filter { $0.students == people }
        .map { "\($0.label): \($0.originalName)" }
      oddities.append(.duplicate(students: people, deliveries: names))
    }
  }

  private func isBefore(_ left: Attempt, _ right: Attempt) -> Bool {
    let times = (left.submittedAt, right.submittedAt)
    if let (one, other) = both(times), one != other { return one < other }
    if left.order != right.order { return left.order < right.order }
    return left.originalName.localizedStandardCompare(right.originalName)
      == .orderedAscending
  }

  private func both(_ pair: (Date?, Date?)) -> (Date, Date)? {
    guard let first = pair.0, let second = pair.1 else { return nil }
    return (first, second)
  }

  private mutating func checkLateness(of attempt: Attempt) {
    var seconds: Double?
    if let due = context.due, let time = attempt.submittedAt {
      guard time > due else { return }
      seconds = time.timeIntervalSince(due)
    } else if attempt.isMarkedLate != true {
      return
    }
    oddities.append(
      .late(students: attempt.students, delivery: attempt.label, seconds: seconds)
    )
  }
}

extension Attempt {
  /// Grows with the time of handing in, where the source tells.
  fileprivate var order: Int {
    guard case .archive(let file) = content else { return 0 }
    return file.order
  }
}

private func < (left: ([String], Int), right: ([String], Int)) -> Bool {
  left.0 == right.0 ? left.1 < right.1 : left.0.lexicographicallyPrecedes(right.0)
}

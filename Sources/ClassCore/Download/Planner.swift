import Foundation
import GraderCore

extension Download {
  /// Plans who handed in what: each delivery with its students, its archives in order, and all that
  /// a person should know.
  package static func plan(_ recognition: Recognition, in context: DownloadContext) -> DownloadPlan
  {
    var planner = Planner(context, recognition.kind)
    for (place, delivery) in recognition.deliveries.enumerated() {
      planner.add(delivery, place: place)
    }
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
  let kind: DownloadKind?
  /// True if the listing is a system's own.
  var isSystem: Bool { kind?.isSystem ?? false }
  let index: RosterIndex?
  private(set) var students: [Student]
  private(set) var attempts: [Attempt] = []
  private(set) var oddities: [Oddity] = []
  private var known: Set<String>
  private var heardOf: Set<String> = []

  init(_ context: DownloadContext, _ kind: DownloadKind?) {
    self.context = context
    self.kind = kind
    index = context.roster.map(RosterIndex.init)
    students = context.roster?.students ?? []
    known = Set(students.map(\.id))
  }

  mutating func add(_ delivery: Delivery, place: Int) {
    let people = whose(delivery)
    heardOf.formUnion(people)
    if delivery.isStray { oddities.append(.stray(delivery: delivery.label, students: people)) }
    let parts = DeliveryFiles(delivery.files)
    var contents = parts.contents
    if contents.isEmpty {
      oddities.append(
        .noArchive(students: people, delivery: delivery.label, files: delivery.files.map(\.name))
      )
      // A folder that is nobody's may be no hand-in at all.
      if isSystem || !people.isEmpty { contents = [.unusable(delivery.files)] }
    } else if !parts.besides.isEmpty {
      oddities.append(
        .besides(students: people, delivery: delivery.label, files: parts.besides.map(\.name))
      )
    }
    let facts = context.facts[delivery.owner]
    let submittedAt =
      facts?.submittedAt ?? delivery.submittedAt?.date(in: context.timeZone)
    let origin = facts?.submittedAt == nil ? TimeOrigin.source : facts?.timeOrigin
    for content in contents {
      var attempt = Attempt(
        students: people,
        originalName: content.name(in: delivery),
        path: "",
        submittedAt: submittedAt,
        isMarkedLate: delivery.isMarkedLate,
        sourceID: delivery.sourceID ?? delivery.owner
      )
      if submittedAt != nil { attempt.timeOrigin = origin }
      (attempt.label, attempt.content) = (delivery.label, content)
      (attempt.delivery, attempt.isOneAttempt) = (place, isSystem && !delivery.isStray)
      if case .unusable(let files) = content { attempt.trouble = Self.trouble(with: files) }
      if kind == .canvas { attempt.feedbackPrefix = content.prefix }
      if content == contents.last { attempt.beside = parts.answersBeside }
      attempts.append(attempt)
    }
  }

  private static func trouble(with files: [Delivery.File]) -> String {
    let names = files.prefix(3).map { Printable.line($0.name, longest: 80) }
    let shown = names.joined(separator: ", ") + (files.count > 3 ? ", ..." : "")
    return "there is no archive and no Swift file in it, but \(shown)"
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
    let strangers = recognition.strangers.filter { !isOfAStudent($0) }
    number()
    for attempt in attempts { checkLateness(of: attempt) }
    if context.roster != nil {
      oddities += students.filter { !heardOf.contains($0.id) }.map { .nothing($0) }
    }
    oddities += strangers.map { .stranger(path: $0) }
    let passed = recognition.metadata + recognition.litter
    if !passed.isEmpty {
      oddities.append(.passedOver(count: passed.count, examples: Array(passed.prefix(3))))
    }
  }

  /// Takes a file that no rule explains for a hand-in that holds nothing to grade, if its name is
  /// that of a student of whom nothing else came: a document is not nothing.
  private mutating func isOfAStudent(_ path: String) -> Bool {
    guard let index, let roster = context.roster else { return false }
    let delivery = PlainDialect([]).document(path)
    guard case .found(let found) = index.match(delivery.claims) else { return false }
    let people = found.map { roster.members[$0].student.id }
    guard heardOf.isDisjoint(with: people) else { return false }
    heardOf.formUnion(people)
    oddities.append(.noArchive(students: people, delivery: delivery.label, files: [path]))
    var attempt = Attempt(
      students: people,
      originalName: path.split(separator: "/").last.map(String.init) ?? path,
      path: "",
      sourceID: delivery.owner
    )
    (attempt.label, attempt.content) = (delivery.label, .unusable(delivery.files))
    attempt.trouble = Self.trouble(with: delivery.files)
    attempts.append(attempt)
    return true
  }

  /// Counts the attempts of people who handed in together in the order of handing in.
  private mutating func number() {
    for places in attempts.places where places.count > 1 {
      let ordered = places.sorted { isBefore(attempts[$0], attempts[$1]) }
      for (number, place) in ordered.enumerated() { attempts[place].number = number + 1 }
    }
    attempts.sort { left, right in
      (left.students, left.number) < (right.students, right.number)
    }
    oddities += attempts.duplicates
  }

  private func isBefore(_ left: Attempt, _ right: Attempt) -> Bool {
    let times = (left.submittedAt, right.submittedAt)
    if let (one, other) = both(times), one != other { return one < other }
    if let one = left.file, let other = right.file { return one.isBefore(other) }
    return CopyOrder(left.originalName) < CopyOrder(right.originalName)
  }

  private func both(_ pair: (Date?, Date?)) -> (Date, Date)? {
    guard let first = pair.0, let second = pair.1 else { return nil }
    return (first, second)
  }

  private mutating func checkLateness(of attempt: Attempt) {
    var seconds: Double?
    if let due = context.due, let time = attempt.submittedAt {
      let late = ClassPolicy.lateness(of: time, due: due)
      guard late > 0 else { return }
      seconds = late
    } else if attempt.isMarkedLate != true {
      return
    }
    oddities.append(
      .late(students: attempt.students, delivery: attempt.label, seconds: seconds)
    )
  }
}

extension Attempt {
  /// Its archive in the listing; nil if it has none.
  package var file: Delivery.File? {
    guard case .archive(let file) = content else { return nil }
    return file
  }
}

extension [Attempt] {
  /// The places of attempts that have somebody in common, directly or by others; of those that are
  /// nobody's, the places of each delivery.
  fileprivate var places: [[Int]] {
    var groups: [(people: Set<String>, places: [Int])] = []
    var latest: [String: Int] = [:]
    for (place, attempt) in enumerated() {
      let people = Set(
        attempt.students.isEmpty ? ["\n\(attempt.sourceID ?? "")"] : attempt.students
      )
      let known = Set(people.compactMap { latest[$0] }).sorted()
      var joined = (people: people, places: [place])
      for old in known {
        joined.people.formUnion(groups[old].people)
        joined.places += groups[old].places
        groups[old] = ([], [])
      }
      for person in joined.people { latest[person] = groups.count }
      groups.append(joined)
    }
    return groups.map { $0.places.sorted() }.filter { !$0.isEmpty }
  }

  /// Findings on students of whom there are several attempts.
  package var duplicates: [Oddity] {
    let groups = Dictionary(grouping: filter { !$0.students.isEmpty }, by: \.students)
    return groups.filter { $1.count > 1 }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { people, own in
        .duplicate(students: people, deliveries: own.map { "\($0.label): \($0.originalName)" })
      }
  }
}

private func < (left: ([String], Int), right: ([String], Int)) -> Bool {
  left.0 == right.0 ? left.1 < right.1 : left.0.lexicographicallyPrecedes(right.0)
}

package import Foundation
import GraderCore

/// The words for what a class handed in.
package enum DownloadText {
  /// The recognized kind with three examples, and the number of oddities of each kind.
  package static func summary(_ plan: DownloadPlan) -> String {
    let kind = plan.kind?.title ?? "nothing that looks like a hand-in"
    let votes = plan.kind == nil ? "" : " (\(plan.votes.count) of \(plan.votes.total) names)"
    let taken = plan.attempts.filter { $0.trouble == nil }
    let known = Set(taken.flatMap(\.students)).count
    var lines = [
      "Recognized: \(kind)\(votes). \(count(taken.count, "archive")) of \(count(known, "student"))."
    ]
    lines += samples(of: plan)
    lines += sum(of: plan)
    let counts = Dictionary(grouping: plan.oddities, by: \.name)
    if !counts.isEmpty {
      let parts = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.count)" }
      lines.append("To look at: \(parts.joined(separator: ", ")).")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A line that accounts for everybody, where somebody's hand-in is not there.
  private static func sum(of plan: DownloadPlan) -> [String] {
    let troubled = Set(plan.attempts.filter { $0.trouble != nil }.flatMap(\.students))
    let handedIn = Set(plan.attempts.flatMap(\.students))
    let missing = plan.students.count { !handedIn.contains($0.id) }
    guard !troubled.isEmpty || missing > 0 else { return [] }
    let good = plan.students.count - missing - troubled.count
    return [
      "Of \(count(plan.students.count, "student")): \(good) handed in, \(troubled.count) not taken "
        + "in, \(missing) handed in nothing."
    ]
  }

  /// Three attempts and whose they are, from the start, the middle and the end.
  private static func samples(of plan: DownloadPlan) -> [String] {
    let names = Dictionary(plan.students.map { ($0.id, $0.name) }) { first, _ in first }
    let places = [0, plan.attempts.count / 2, plan.attempts.count - 1]
    let shown = places.indices.filter { places[$0] >= 0 && !places[..<$0].contains(places[$0]) }
    return plan.attempts.isEmpty
      ? []
      : shown.map { index in
        let attempt = plan.attempts[places[index]]
        let people = attempt.students.map { id in
          [id, names[id] ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        }
        let whose = people.isEmpty ? "nobody knows whose" : people.joined(separator: " and ")
        let name = "\(attempt.label): \(attempt.originalName)"
        return "  \(Printable.line(name, longest: 80)) -> \(Printable.line(whose, longest: 80))"
      }
  }

  /// A sentence on hand-ins that no due date can be held against: nothing says when they came.
  package static func untimed(
    _ attempts: [Attempt],
    due: Date?
  ) -> String? {
    let unknown = attempts.count { attempt in
      attempt.counts && attempt.trouble == nil && attempt.submittedAt == nil
        && attempt.isMarkedLate == nil
    }
    guard due != nil, unknown > 0 else { return nil }
    return "Nothing says when \(count(unknown, "hand-in")) came: taken as in time."
  }

  /// All oddities, one a line.
  package static func report(_ plan: DownloadPlan) -> String {
    plan.oddities.map { line($0) + "\n" }.joined()
  }

  /// One oddity in a line.
  package static func line(_ oddity: Oddity) -> String {
    Printable.line("\(oddity.name): \(words(oddity))", longest: 1000)
  }

  private static func words(_ oddity: Oddity) -> String {
    switch oddity {
    case .unmatched(let delivery, let files, let candidates):
      "\(delivery) (\(list(files)))"
        + (candidates.isEmpty ? "" : ", perhaps \(list(candidates.map { "\($0.id) \($0.name)" }))")
    case .stray(let delivery, let students): "\(delivery)\(whose(students))"
    case .duplicate(let students, let deliveries): "\(list(students)): \(list(deliveries))"
    case .late(let students, let delivery, let seconds):
      "\(delivery)\(whose(students))" + (seconds.map { ", by \(ClassPolicy.span($0))" } ?? "")
    case .noArchive(let students, let delivery, let files):
      "\(delivery)\(whose(students))" + (files.isEmpty ? "" : ", but \(list(files))")
    case .besides(let students, let delivery, let files):
      "\(delivery)\(whose(students)): \(list(files))"
    case .nothing(let student): "\(student.id) \(student.name)"
    case .stranger(let path): path
    case .unusable(let path, let reason): "\(path): \(reason)"
    case .notTakenIn(let students, let file, let reason):
      "\(file)\(whose(students)): \(reason)"
    case .joined(let students, let delivery, let files, let left):
      "\(delivery)\(whose(students)): \(list(files)) "
        + (files.count == 1 ? "counts" : "are one hand-in")
        + (left.isEmpty ? "" : "; \(list(left)) adds nothing and is left out")
    case .passedOver(let count, let examples):
      "\(count) of the system's own, such as \(list(examples))"
    }
  }

  private static func whose(_ students: [String]) -> String {
    students.isEmpty ? ", nobody knows whose" : " of \(list(students))"
  }

  private static func list(_ names: [String]) -> String {
    let more = names.count > 5 ? " and \(names.count - 5) more" : ""
    return names.prefix(5).joined(separator: ", ") + more
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}

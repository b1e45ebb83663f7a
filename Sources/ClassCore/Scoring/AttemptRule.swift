package import Foundation
package import GraderCore

/// The rule for which of a student's attempts counts.
package enum AttemptRule: String, NamedChoice, Sendable {
  /// The last one.
  case latest
  /// The first one.
  case first
  /// The one with the most points; of equals the earliest.
  case best
  /// The last one before the due date; the first one after it if there is none.
  case lastOnTime

  /// The attempts that have to be graded to know which one counts, by their places.
  ///
  /// The attempts are one student's, in the order of handing in.
  package func candidates(_ attempts: [Attempt], due: Date?) -> [Int] {
    guard !attempts.isEmpty else { return [] }
    switch self {
    case .latest: return [attempts.count - 1]
    case .first: return [0]
    case .best: return Array(attempts.indices)
    case .lastOnTime:
      let onTime = attempts.indices.last { !Self.isLate(attempts[$0], due: due) }
      return [onTime ?? 0]
    }
  }

  /// The attempt that counts, by its place; scores are nil for what was not graded.
  package func choose(_ attempts: [Attempt], scores: [Points?], due: Date?) -> Int? {
    guard self == .best else { return candidates(attempts, due: due).first }
    let graded = attempts.indices.filter { $0 < scores.count && scores[$0] != nil }
    return graded.reduce(nil) { best, place in
      guard let best else { return place }
      return (scores[place] ?? .zero) > (scores[best] ?? .zero) ? place : best
    } ?? attempts.indices.last
  }

  private static func isLate(_ attempt: Attempt, due: Date?) -> Bool {
    guard let due, let time = attempt.submittedAt else { return attempt.isMarkedLate ?? false }
    return ClassPolicy.lateness(of: time, due: due) > 0
  }
}

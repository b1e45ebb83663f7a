/// The number of hand-ins by whose word they came when they did.
struct ClockCounts: Sendable {
  private var counts: [TimeOrigin: Int] = [:]
  private var marked = 0
  private var unknown = 0

  mutating func add(_ attempt: Attempt) {
    if attempt.submittedAt != nil {
      counts[attempt.timeOrigin ?? .source, default: 0] += 1
    } else if attempt.isMarkedLate != nil {
      marked += 1
    } else {
      unknown += 1
    }
  }

  /// A sentence for each; nil where nothing is known of anybody, so that no date can have counted.
  var sentence: String? {
    guard !counts.isEmpty || marked > 0 else { return nil }
    var parts = TimeOrigin.allCases.compactMap { origin in
      counts[origin].map { "\(origin.words) (\($0))" }
    }
    if marked > 0 { parts.append("the learning system's word alone (\(marked))") }
    let rest = unknown == 0 ? "" : " Nothing says when \(unknown) came: they count as in time."
    return "Late or not is decided by \(parts.joined(separator: ", ")).\(rest)"
  }
}

import GraderCore

/// The words on a run on many machines.
package enum ClusterText {
  /// The standing of a run, by its shards.
  package struct Standing: Equatable, Sendable {
    /// The number of submissions that the plan is about.
    package var submissions = 0
    /// Those with a verdict.
    package var graded = 0
    /// Names of those on which starts died, so that people have to look.
    package var deadly: [String] = []
    /// Shards to which another attempt can add something.
    package var unfinished: [Int] = []
    /// The number of attempts.
    package var attempts = 0
    /// The number of attempts that are of another plan.
    package var foreign = 0
    /// The number of submissions that were graded again.
    package var duplicates = 0
    /// Names of submissions whose verdicts differ.
    package var disputed: [String] = []
    /// The reasons why machines graded nothing, and how many gave each.
    package var refusals: [String: Int] = [:]

    package init() {}

    /// Adds a shard.
    package mutating func add(_ ledger: ShardLedger, number: Int) {
      submissions += ledger.work.count
      graded += ledger.verdicts.count
      deadly += ledger.deadly.map(\.shown)
      if !ledger.isFinished { unfinished.append(number) }
      attempts += ledger.attempts
      foreign += ledger.foreign
      duplicates += ledger.duplicates
      disputed += ledger.work.filter { ledger.disputed.contains($0.key) }.map(\.shown)
      refusals.merge(ledger.refusals, uniquingKeysWith: +)
    }
  }

  /// The standing in some lines.
  package static func status(_ standing: Standing, plan: String, shards: Int) -> String {
    var lines = [
      "Plan \(plan.prefix(12)): \(standing.graded) of \(standing.submissions) submissions have a "
        + "verdict, \(shards - standing.unfinished.count) of \(shards) shards are finished, "
        + "\(standing.attempts) attempts."
    ]
    if !standing.unfinished.isEmpty {
      lines.append("Unfinished shards: \(ranges(standing.unfinished))")
    }
    for (reason, count) in standing.refusals.sorted(by: { $0.key < $1.key }) {
      lines.append(
        "Machines that graded nothing, \(count): \(Printable.line(reason, longest: 500))"
      )
    }
    if standing.duplicates > 0 {
      lines.append(
        "Graded more than once: \(standing.duplicates), as engines may start work twice."
      )
    }
    lines += findings(disputed: standing.disputed, foreign: standing.foreign)
    if !standing.deadly.isEmpty {
      lines.append("Graders died while they graded these, so people have to look:")
      lines.append("  \(list(standing.deadly))")
    }
    return lines.joined(separator: "\n")
  }

  /// Sentences on what a person should look at.
  package static func findings(disputed: [String], foreign: Int) -> [String] {
    var lines: [String] = []
    if !disputed.isEmpty {
      lines.append(
        "Graded twice with different results, of which the better counts: \(disputed.count). The "
          + "work is not deterministic, or a machine is broken:"
      )
      lines.append("  \(list(disputed))")
    }
    if foreign > 0 {
      lines.append("Attempts at another plan, which count for nothing here: \(foreign)")
    }
    return lines
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.sorted().prefix(10).map { Printable.line($0, longest: 60) }
    return shown.joined(separator: ", ") + (names.count > 10 ? " and \(names.count - 10) more" : "")
  }

  /// Numbers in ascending order as engines take them, such as `1-3,7`.
  package static func ranges(_ numbers: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }
}

import GraderCore
import Testing

/// A program's end is told from what somebody else did to it.
@Suite struct DisturbanceTests {
  /// A run with 10 s of processor time, 10 s of the clock and 100 MiB, and the one behind its end.
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var cause: Cause
    var facts: RunFacts

    init(
      _ description: String,
      _ cause: Cause,
      _ end: TestRecord.End,
      cpu: Double = 0.1,
      peakMiB: Int = 10,
      idle: Double = 0,
      _ hindrances: [Disturbance: Double] = [:],
      systemKills: Int = 0
    ) {
      testDescription = description
      self.cause = cause
      facts = RunFacts(
        end: end,
        cpuSeconds: cpu,
        cpuLimit: 10,
        peakMemoryBytes: peakMiB << 20,
        memoryLimit: 100 << 20,
        wallLimit: 10
      )
      (facts.idleSeconds, facts.hindrances, facts.systemKills) = (idle, hindrances, systemKills)
    }
  }

  static let rows = [
    Row("it answered all", .own, .dismissed),
    Row("it answered all, however long it was stopped", .own, .dismissed, [.stopped: 50]),
    Row("it left", .own, .exited(3)),
    Row("it trapped", .own, .signaled(4)),
    Row("it trapped while the system killed others", .own, .signaled(4), systemKills: 2),
    Row("it called what the jail forbids", .own, .signaled(31)),
    Row("it computed for too long", .own, .signaled(24), cpu: 10),
    Row("it computed for too long and ignored the signal", .own, .signaled(9), cpu: 11),
    Row("the accounts are coarse", .own, .signaled(9), cpu: 9.8),
    Row("killed", .disturbed(.killed), .signaled(9)),
    Row("killed while it computed", .disturbed(.killed), .signaled(9), cpu: 9.7),
    Row("killed when large", .disturbed(.killed), .signaled(9), peakMiB: 95),
    Row(
      "killed for want of memory that others have",
      .disturbed(.machineOutOfMemory),
      .signaled(9),
      systemKills: 1
    ),
    Row(
      "killed for want of memory that it has",
      .likelyOwn,
      .signaled(9),
      peakMiB: 95,
      systemKills: 1
    ),
    Row("it slept", .likelyOwn, .stoppedAtDeadline, idle: 10),
    Row("it slept on a busy machine", .likelyOwn, .stoppedAtDeadline, idle: 10, [.starved: 90]),
    Row(
      "it slept after somebody stopped it",
      .likelyOwn,
      .stoppedAtDeadline,
      idle: 9.5,
      [.stopped: 9]
    ),
    Row("it computed and slept in turn", .likelyOwn, .stoppedAtDeadline, cpu: 9, idle: 6),
    Row("stopped", .disturbed(.stopped), .stoppedAtDeadline, idle: 0.1, [.stopped: 10]),
    Row("stopped in its sleep", .disturbed(.stopped), .stoppedAtDeadline, idle: 8, [.stopped: 10]),
    Row("starved", .disturbed(.starved), .stoppedAtDeadline, idle: 1, [.starved: 190]),
    Row("a slow disk", .disturbed(.blocked), .stoppedAtDeadline, [.blocked: 150, .starved: 9]),
    Row("the grader slept", .disturbed(.unseen), .stoppedAtDeadline, idle: 2, [.unseen: 12]),
    Row("a little of each", .likelyOwn, .stoppedAtDeadline, idle: 5, [.unseen: 1, .starved: 1]),
    Row("two alike", .disturbed(.starved), .stoppedAtDeadline, [.stopped: 5, .starved: 5]),
  ]

  @Test(arguments: rows)
  func cause(row: Row) {
    #expect(row.facts.cause == row.cause)
  }

  /// Causes of one run after another, and what follows from the last.
  static let sequences: [([Cause], Attempts.Decision)] = [
    ([.own], .stands),
    ([.likelyOwn], .again),
    ([.likelyOwn, .own], .stands),
    ([.likelyOwn, .likelyOwn], .stands),
    ([.likelyOwn, .disturbed(.killed)], .again),
    ([.likelyOwn, .disturbed(.killed), .likelyOwn], .stands),
    ([.likelyOwn, .disturbed(.killed), .disturbed(.stopped)], .withheld(.stopped)),
    ([.disturbed(.killed)], .again),
    ([.disturbed(.killed), .own], .stands),
    ([.disturbed(.killed), .disturbed(.killed)], .withheld(.killed)),
    ([.disturbed(.killed), .disturbed(.starved)], .withheld(.starved)),
    ([.disturbed(.stopped), .likelyOwn], .again),
    ([.disturbed(.stopped), .likelyOwn, .likelyOwn], .stands),
    ([.disturbed(.stopped), .likelyOwn, .disturbed(.stopped)], .withheld(.stopped)),
  ]

  @Test(arguments: sequences)
  func decision(after causes: [Cause], wanted: Attempts.Decision) {
    var attempts = Attempts()
    let decisions = causes.map { attempts.decision(after: $0) }
    #expect(decisions.last == wanted)
    #expect(decisions.dropLast().allSatisfy { $0 == .again })
  }
}

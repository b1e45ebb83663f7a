import ClassCore
import GraderCore
import TestSupport
import Testing

/// What counts of a shard follows from what its attempts wrote, in whatever order they are read.
@Suite struct ShardLedgerTests {
  private static func submission(_ name: String) -> RunPlan.Submission {
    RunPlan.Submission(
      key: "key of \(name)",
      archive: "sha256:\(name)",
      name: "\(name).zip",
      shown: name,
      chosen: nil,
      submission: ("a1", "sha256:files of \(name)"),
      intake: "policy",
      owners: [.init(attempt: "id of \(name)", archive: "sha256:\(name)", name: "\(name).zip")]
    )
  }

  private static let work = ["ann", "bob", "cyd"].map(submission)

  private static func opened(_ plan: String = "plan") -> AttemptRecord {
    .opened(.init(plan: plan, shard: 1, host: "n1", job: "1.0", openedAt: "now"))
  }

  private static func graded(_ name: String, _ points: Int = 1, verdict: String = "v")
    -> AttemptRecord
  {
    let grade = Grade(tests: [.init(id: "t", score: points, of: 10)])
    return .graded(key: "key of \(name)", verdict: verdict, grade: grade)
  }

  private static func started(_ name: String) -> AttemptRecord { .started(key: "key of \(name)") }

  private func ledger(_ attempts: [String: [AttemptRecord]], reversed: Bool = false) -> ShardLedger
  {
    var ledger = ShardLedger(Self.work, plan: "plan")
    let sorted = attempts.sorted { $0.key < $1.key }
    for (name, records) in reversed ? sorted.reversed() : sorted { ledger.add(name, records) }
    return ledger
  }

  @Test func whatIsLeftGoesOn() {
    let ledger = ledger([
      "a": [Self.opened(), Self.started("ann"), Self.graded("ann"), Self.started("bob")]
    ])
    #expect(ledger.verdicts.keys.sorted() == ["key of ann"])
    #expect(ledger.unfinished.fresh.map(\.shown) == ["cyd"])
    #expect(ledger.unfinished.suspects.map(\.shown) == ["bob"])
    #expect(!ledger.isFinished)
    #expect(ledger.fault(of: Self.work[1])?.kind == 75)
  }

  /// It is an error of ours to look at, and never a score; a verdict of a living copy is one.
  @Test func twoDeathsLeaveASubmissionToPeople() {
    let dead = [Self.opened(), Self.started("bob")]
    let two = ledger(["a": dead, "b": dead])
    #expect(two.deadly.map(\.shown) == ["bob"])
    #expect(two.unfinished.suspects.isEmpty)
    #expect(two.fault(of: Self.work[1])?.kind == 70)
    let alive = ledger(["a": dead, "b": dead, "c": [Self.opened(), Self.graded("bob")]])
    #expect(alive.deadly.isEmpty)
    #expect(alive.fault(of: Self.work[1]) == nil)
  }

  /// A time limit or a person ended them, not what they were at work on.
  @Test(arguments: [true, false]) func anAttemptThatWasEndedIsNoDeath(interrupted: Bool) {
    let ended = [Self.opened(), Self.started("bob"), .ended(interrupted: interrupted)]
    #expect(
      ledger(["a": ended, "b": ended]).unfinished.fresh.map(\.shown) == ["ann", "bob", "cyd"]
    )
  }

  @Test func faultsAreTriedAgainAndNamed() {
    let fault = AttemptRecord.RecordedFault(kind: 70, reason: "the judge died")
    let later = AttemptRecord.RecordedFault(kind: 75, reason: "no room")
    let ledger = ledger([
      "a": [
        Self.opened(), Self.started("ann"), .failed(key: "key of ann", fault: fault),
        Self.started("ann"), .failed(key: "key of ann", fault: later), .ended(interrupted: false),
      ]
    ])
    #expect(ledger.unfinished.fresh.map(\.shown) == ["ann", "bob", "cyd"])
    #expect(ledger.fault(of: Self.work[0]) == fault)
  }

  @Test func duplicatesThatAgreeAreCountedAndOthersNamed() {
    let attempts = [
      "a": [Self.opened(), Self.graded("ann"), Self.graded("bob", 3, verdict: "x")],
      "b": [Self.opened(), Self.graded("ann"), Self.graded("bob", 5, verdict: "y")],
    ]
    let (one, other) = (ledger(attempts), ledger(attempts, reversed: true))
    for ledger in [one, other] {
      #expect(ledger.duplicates == 2)
      #expect(ledger.disputed == ["key of bob"])
      #expect(ledger.verdicts["key of bob"]?.digest == "y")
      #expect(ledger.verdicts["key of ann"]?.attempt == "a")
    }
  }

  @Test func attemptsAtAnotherPlanCountForNothing() {
    let ledger = ledger([
      "a": [Self.opened("another"), Self.graded("ann"), Self.started("bob")],
      "b": [Self.opened(), .graded(key: "no key of this", verdict: "v", grade: Grade(tests: []))],
      "c": [Self.graded("ann")],
      "d": [],
    ])
    #expect(ledger.foreign == 1)
    #expect(ledger.verdicts.isEmpty)
    #expect(ledger.unfinished.fresh.count == 3)
  }

  @Test func machinesThatRefuseSaySo() {
    let refused = [Self.opened(), .refused(reason: "no jail"), .ended(interrupted: false)]
    let ledger = ledger(["a": refused, "b": refused])
    #expect(ledger.refusals == ["no jail": 2])
    #expect(ledger.unfinished.fresh.count == 3)
  }
}

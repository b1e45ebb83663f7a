import GraderCore
import Testing

@testable import GraderRuntime

/// The time of a submission is that of its own code, test after test in the rubric's order.
@Suite struct SubmissionTimeTests {
  private static let limit = GradingLimits().submissionWallSeconds

  private let time = SubmissionTime(limits: GradingLimits())

  private func test(
    _ id: String,
    _ verdict: Verdict = .passed,
    cpu: Double?,
    wall: Double = 0,
    isOutside: Bool = false
  ) throws -> ScoredTest {
    let assignment = try AssignmentText.assignment([(id: id, hundredths: 200, carries: [])])
    var test = assignment.tests[0]
    test.limits = LimitOverrides()
    test.limits?.outsideSubmissionTime = isOutside
    let usage = cpu.map {
      TestRecord.Usage(cpuSeconds: $0, wallSeconds: wall, peakMemoryBytes: 0)
    }
    return .judged(JudgedTest(test, Judgement(verdict: verdict), usage: usage))
  }

  /// The tests that ran too late.
  private func late(_ tests: [ScoredTest]) -> [String] {
    time.applied(to: tests).filter { test in
      guard case .judged(let judged) = test else { return false }
      return judged.judgement.verdict
        == .notRun(.submissionTimeLimit(seconds: Self.limit)) && judged.usage == nil
    }.map(\.id)
  }

  @Test func computingCountsAndTheClockDoesNot() throws {
    #expect(time.seconds(of: try test("a", cpu: 3, wall: 200)) == 3)
    #expect(time.seconds(of: try test("a", .failed, cpu: 4, wall: 5)) == 4)
    #expect(time.seconds(of: try test("a", .timedOut(.cpu(seconds: 5)), cpu: 5.1)) == 5.1)
  }

  /// Whoever waits to the end has used up what the clock gives, however little he computed.
  @Test func waitingToTheEndCounts() throws {
    let waiting = try test("a", .timedOut(.wall(seconds: 10)), cpu: 0.01, wall: 10.2)
    #expect(time.seconds(of: waiting) == 10)
  }

  @Test func whatDidNotRunOrHasItsOwnTimeTakesNone() throws {
    #expect(time.seconds(of: try test("a", .notRun(.file("A.swift")), cpu: nil)) == 0)
    #expect(time.seconds(of: try test("a", cpu: 300, isOutside: true)) == 0)
    #expect(time.seconds(of: .standing(AssignmentText.row("a", 200))) == 0)
  }

  /// As in a run of one test at a time: what comes after too much did not run.
  @Test func testsAfterTheEndDidNotRun() throws {
    let tests = [
      try test("a", cpu: 60), try test("b", cpu: 60), try test("exactly", cpu: 0.5),
      try test("c", cpu: 1), try test("own", cpu: 300, isOutside: true), try test("d", cpu: 0),
    ]
    #expect(late(tests) == ["c", "d"])
    #expect(late(Array(tests.reversed())) == [])
  }

  /// Tests that had begun before their time was seen to be over lengthen it for nobody.
  @Test func theSameHoweverManyRanAtOnce() throws {
    let (long, next) = (try test("long", cpu: 121), try test("next", cpu: 7))
    let never = time.late(try AssignmentText.assignment([("next", 200, [])]).tests[0])
    #expect(late([long, next]) == late([long, never]))
    #expect(late([long, never]) == ["next"])
  }

  /// One test that waits to its end takes nothing from others; twelve take all.
  @Test func sleepersCostWhatTheClockGives() throws {
    let sleepers = try (1...13).map {
      try test("\($0)", .timedOut(.wall(seconds: 10)), cpu: 0, wall: 10)
    }
    let last = try test("last", cpu: 1)
    #expect(late([sleepers[0], last]) == [])
    #expect(late(Array(sleepers[0..<12]) + [last]) == [])
    #expect(late(sleepers + [last]) == ["last"])
  }
}

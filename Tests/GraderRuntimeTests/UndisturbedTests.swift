import Foundation
import GraderCore
import Sandbox
import Testing

@testable import GraderRuntime

/// A program that somebody else kills or stops runs again, alone; only its own ends count.
@Suite struct UndisturbedTests {
  /// A program in the jail that sleeps for a time that no other does, and whom others can find.
  private struct Sleeper {
    private let seconds: String
    private let disturber: Disturber

    init(_ seconds: Int, _ signals: [Int32] = [], always: Int32? = nil) {
      let mark = String(format: "%09d", Int.random(in: 1...999_999_999))
      self.seconds = "\(seconds).\(mark)"
      disturber = Disturber(
        of: "/bin/sleep",
        self.seconds,
        signals: signals,
        always: always
      )
    }

    /// Its end, and how often it ran.
    func run(mayWait: Double = 60) throws -> (outcome: Outcome, runs: Int) {
      let jail = try Machine.detect(.strongest, cache: try Cache.find()).jail
      var runs = 1
      let outcome = try disturber.during {
        try jail.demand(
          Command(executable: "/bin/sleep", arguments: [seconds]),
          policy: JailPolicy(
            filter: .reader,
            executable: ["/usr/lib", "/lib", "/lib64", "/usr/lib64", "/etc/ld.so.cache"]
              .filter(Files.exists),
            limits: Limits(cpuSeconds: 5)
          ),
          allowance: Watch.Allowance(cpuSeconds: 5, wallSeconds: mayWait, memoryBytes: 1 << 30),
          program: "It",
          cleanUp: { runs += 1 }
        )
      }
      return (outcome, runs)
    }
  }

  @Test func nobodyDisturbsIt() throws {
    let (outcome, runs) = try Sleeper(1).run()
    #expect(outcome.ending == .exited(code: 0))
    #expect(runs == 1)
  }

  @Test func killedOnce() throws {
    let (outcome, runs) = try Sleeper(2, [SIGKILL]).run()
    #expect(outcome.ending == .exited(code: 0))
    #expect(runs == 2)
  }

  @Test func killedAgainAndAgain() {
    #expect(throws: GraderFault(.disturbed("It", .killed))) {
      try Sleeper(60, always: SIGKILL).run()
    }
  }

  @Test func stoppedOnce() throws {
    let (outcome, runs) = try Sleeper(3, [SIGSTOP]).run(mayWait: 8)
    #expect(outcome.ending == .exited(code: 0))
    #expect(runs == 2)
  }

  @Test func stoppedAgainAndAgain() {
    #expect(throws: GraderFault(.disturbed("It", .stopped))) {
      try Sleeper(60, always: SIGSTOP).run(mayWait: 2)
    }
  }

  /// It may wait for as long as it likes, but not longer than it may.
  @Test func sleepOfItsOwn() throws {
    let (outcome, runs) = try Sleeper(600).run(mayWait: 1)
    #expect(outcome.stoppedByDeadline)
    #expect(runs == 2)
  }

  @Test func otherSignalsAreItsOwn() throws {
    let (outcome, runs) = try Sleeper(60, [SIGTERM]).run()
    #expect(outcome.ending == .signaled(SIGTERM))
    #expect(runs == 1)
  }
}

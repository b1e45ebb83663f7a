import Foundation
import GraderCore
import JudgeEvents
import JudgeOrders
import Sandbox

/// Runs one hidden test: a judge of ours and a fresh jailed worker, joined by a private socket.
struct TestRunner: Sendable {
  let jail: Jail
  let judges: Judges
  let worker: String
  let seed: UInt64

  /// The time that a worker that hung up gets to be gone.
  private static let grace = Duration.seconds(20)

  /// The most that a test may take, in times of the clock's limit.
  private static let mostTimesOver = 20

  /// The result of a run.
  struct Run {
    var events: [JudgeEvent]
    var worker: Outcome
    var workerEnd: TestRecord.End
    var judge: Judge.End
    var wallSeconds: Double
  }

  /// The same for another program or another seed.
  func with(worker: String? = nil, seed: UInt64? = nil) -> TestRunner {
    TestRunner(jail: jail, judges: judges, worker: worker ?? self.worker, seed: seed ?? self.seed)
  }

  /// Runs a test to its end or its deadline, or puts its chain together.
  func run(
    _ test: Assignment.Test,
    composes: Bool = false,
    limits: GradingLimits
  ) throws(GraderFault) -> Run {
    let started = SuspendingClock.now
    let log = try PrivateFile()
    let judge = try judges.take()
    let worker = try start(test, composes, limits, judge, log)

    guard hasFinished(judge, worker, started: started, limits) else {
      // The judge is waiting for the worker: without it, its call fails and the test ends.
      let outcome = try worker.end(by: .now)
      let (end, events) = try finish(judge, log)
      return Run(
        events: events,
        worker: outcome,
        workerEnd: .stoppedAtDeadline,
        judge: end,
        wallSeconds: (SuspendingClock.now - started) / .seconds(1)
      )
    }
    let wallSeconds = (SuspendingClock.now - started) / .seconds(1)
    let (end, events) = try finish(judge, log)
    let hungUp = events.contains { if case .workerEnded = $0 { true } else { false } }
    // A worker that hung up has ended, or is about to; any other is of no more use. However busy
    // the machine is, only one that goes on is still there when the test's time is over.
    let deadline = max(started + .seconds(limits.testWallSeconds), .now + .seconds(2))
    let endedItself = hungUp && worker.hasEnded(by: deadline)
    let outcome = try worker.end(by: .now + (endedItself ? Self.grace : .zero))
    return Run(
      events: events,
      worker: outcome,
      workerEnd: endedItself ? TestRecord.End(outcome.ending) : .dismissed,
      judge: end,
      wallSeconds: wallSeconds
    )
  }

  /// Runs a test until it tells its end, twice at most: XCTest itself hangs once in a great while.
  ///
  /// - Returns: What it told, and XCTest's opinion of it; nil if it told no end.
  func finished(
    _ test: Assignment.Test,
    composes: Bool = false,
    limits: GradingLimits
  ) throws(GraderFault) -> (events: [JudgeEvent], succeeded: Bool)? {
    for _ in 0..<2 {
      let events = try run(test, composes: composes, limits: limits).events
      for case .finished(_, let succeeded) in events { return (events, succeeded) }
    }
    return nil
  }

  /// Waits for the end of a test, or until a worker has waited for too long.
  ///
  /// The clock is for one that waits. One that computes is ended by its processor time, and has the
  /// clock's limit several times over where others want the processor too.
  private func hasFinished(
    _ judge: Judge,
    _ worker: borrowing Child,
    started: SuspendingClock.Instant,
    _ limits: GradingLimits
  ) -> Bool {
    var deadline = started + .seconds(limits.testWallSeconds)
    let last = started + .seconds(limits.testWallSeconds) * Self.mostTimesOver
    while !judge.hasFinished(by: deadline) {
      guard deadline < last,
        ProcessTree.isComputing(from: worker.processIdentifier) || judge.isComputing
      else { return false }
      deadline = .now + .milliseconds(100)
    }
    return true
  }

  /// Starts a fresh worker, and a test with it; who holds an end of their socket is those two.
  private func start(
    _ test: Assignment.Test,
    _ composes: Bool,
    _ limits: GradingLimits,
    _ judge: Judge,
    _ log: PrivateFile
  ) throws(GraderFault) -> Child {
    let sockets = try GraderFault.sandboxed(DescriptorPair.sockets)
    let worker = try jail.start(
      Command(
        executable: worker,
        passedDescriptors: [sockets.second.number],
        outputCap: limits.outputBytes
      ),
      policy: Self.policy(limits)
    )
    judge.start(
      JudgeOrder(
        method: test.method,
        seed: seed,
        composes: composes,
        worker: sockets.first.number,
        log: log.descriptor
      )
    )
    return worker
  }

  /// Waits for the end of a test, and keeps its judge if it can be asked for another.
  private func finish(
    _ judge: Judge,
    _ log: PrivateFile
  ) throws(GraderFault) -> (Judge.End, [JudgeEvent]) {
    let end = try judge.end()
    let events = try log.events()
    let finished = events.contains { if case .finished = $0 { true } else { false } }
    if finished, end.ending == .dismissed { judges.giveBack(judge) }
    return (end, events)
  }

  private static func policy(_ limits: GradingLimits) -> JailPolicy {
    // A Swift program reserves some 130 MiB before it does anything, most of which it never
    // touches.
    let reserved = 256
    return JailPolicy(
      filter: .compute,
      limits: Limits(
        cpuSeconds: limits.testCPUSeconds,
        addressSpaceBytes: (limits.testMemoryMiB + reserved) << 20,
        fileSizeBytes: 0,
        descriptors: 16
      )
    )
  }
}

extension TestRecord.End {
  init(_ ending: Outcome.Ending) {
    switch ending {
    case .exited(let code): self = .exited(code)
    case .signaled(let signal): self = .signaled(signal)
    }
  }
}

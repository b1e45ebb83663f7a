import Foundation
import GraderCore
import JudgeEvents
import JudgeOrders
import Sandbox

/// Runs one hidden test: a judge of ours and a fresh jailed worker, joined by a private socket.
struct TestRunner: Sendable {
  let jail: Jail
  let judges: Judges
  private(set) var program: WorkerProgram
  private(set) var seed: UInt64

  /// The time that a worker that hung up gets to be gone.
  private static let grace = Duration.seconds(20)

  /// The result of a run.
  struct Run {
    /// The program that was asked.
    var program: WorkerProgram
    var events: [JudgeEvent]
    var worker: Outcome
    var workerEnd: TestRecord.End
    var judge: Judge.End
    var wallSeconds: Double
  }

  /// The same for another program or another seed.
  func with(_ program: WorkerProgram? = nil, seed: UInt64? = nil) -> TestRunner {
    var runner = self
    runner.program = program ?? self.program
    runner.seed = seed ?? self.seed
    return runner
  }

  /// The same for a program that is optimized.
  func with(worker: String, seed: UInt64? = nil) -> TestRunner {
    with(WorkerProgram(worker, jail: jail), seed: seed)
  }

  /// Runs a test to its end or its deadline, or has it do other work.
  ///
  /// - Throws: `GraderFault` too where something else than the program ended it, again and again.
  func run(
    _ test: Assignment.Test,
    work: JudgeWork = .judge,
    limits: GradingLimits
  ) throws(GraderFault) -> Run {
    var program = program.latest
    if program.mayBeOptimized {
      let run = try undisturbed(test, work, limits.unoptimized, program)
      guard run.hasWorkerEnded else { return run }
      program = try program.madeOptimized()
    }
    return try undisturbed(test, work, limits, program)
  }

  private func undisturbed(
    _ test: Assignment.Test,
    _ work: JudgeWork,
    _ limits: GradingLimits,
    _ program: WorkerProgram
  ) throws(GraderFault) -> Run {
    try Undisturbed.run("The student's program in the test \(test.id)") {
      () throws(GraderFault) in
      try attempt(test, work, limits, program)
    }
  }

  private func attempt(
    _ test: Assignment.Test,
    _ work: JudgeWork,
    _ limits: GradingLimits,
    _ program: WorkerProgram
  ) throws(GraderFault) -> (Run, RunFacts) {
    let started = SuspendingClock.now
    let log = try PrivateFile()
    let judge = try judges.take()
    let worker = try start(program, test, work, limits, judge, log)
    var watch = Watch(
      ProcessWatch(worker.processIdentifier, judge.processIdentifier),
      allowance: Watch.Allowance(
        cpuSeconds: limits.testCPUSeconds,
        wallSeconds: Double(limits.testWallSeconds),
        memoryBytes: limits.testMemoryMiB << 20
      )
    )

    guard watch.waits(for: judge.hasFinished) else {
      // The judge is waiting for the worker: without it, its call fails and the test ends.
      let outcome = try worker.end(by: .now)
      let (end, events) = try finish(judge, log)
      let run = Run(
        program: program,
        events: events,
        worker: outcome,
        workerEnd: .stoppedAtDeadline,
        judge: end,
        wallSeconds: (SuspendingClock.now - started) / .seconds(1)
      )
      return (run, watch.facts(of: outcome, end: run.workerEnd))
    }
    let wallSeconds = (SuspendingClock.now - started) / .seconds(1)
    let (end, events) = try finish(judge, log)
    let hungUp = events.contains(where: \.isEndOfWorker)
    // A worker that hung up has ended, or is about to; any other is of no more use. However busy
    // the machine is, only one that goes on is still there when the test's time is over.
    let deadline = max(started + .seconds(limits.testWallSeconds), .now + .seconds(2))
    let endedItself = hungUp && worker.hasEnded(by: deadline)
    let outcome = try worker.end(by: .now + (endedItself ? Self.grace : .zero))
    let run = Run(
      program: program,
      events: events,
      worker: outcome,
      workerEnd: endedItself ? TestRecord.End(outcome.ending) : .dismissed,
      judge: end,
      wallSeconds: wallSeconds
    )
    return (run, watch.facts(of: outcome, end: run.workerEnd))
  }

  /// Runs a test until it tells its end, twice at most: XCTest itself hangs once in a great while.
  ///
  /// - Returns: What it told, and XCTest's opinion of it; nil if it told no end.
  func finished(
    _ test: Assignment.Test,
    work: JudgeWork = .judge,
    limits: GradingLimits
  ) throws(GraderFault) -> (events: [JudgeEvent], succeeded: Bool)? {
    for _ in 0..<2 {
      let events = try run(test, work: work, limits: limits).events
      for case .finished(_, let succeeded) in events { return (events, succeeded) }
    }
    return nil
  }

  /// Starts a fresh worker, and a test with it; who holds an end of their socket is those two.
  private func start(
    _ program: WorkerProgram,
    _ test: Assignment.Test,
    _ work: JudgeWork,
    _ limits: GradingLimits,
    _ judge: Judge,
    _ log: PrivateFile
  ) throws(GraderFault) -> Child {
    let sockets = try GraderFault.sandboxed(DescriptorPair.sockets)
    let command = Command(
      executable: program.executable,
      passedDescriptors: [sockets.second.number],
      outputCap: limits.outputBytes
    )
    let worker = try GraderFault.sandboxed { () throws(SandboxFault) in
      try program.session.start(command, Self.policy(limits))
    }
    judge.start(
      JudgeOrder(
        method: test.method,
        seed: seed,
        work: work,
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

extension TestRunner.Run {
  /// True if the worker ended or was ended while it was asked.
  var hasWorkerEnded: Bool {
    workerEnd == .stoppedAtDeadline || events.contains(where: \.isEndOfWorker)
  }
}

extension GradingLimits {
  /// The limits of code that is not optimized: it is ended early, so that what never ends costs
  /// little more than its limit.
  fileprivate var unoptimized: GradingLimits {
    var limits = self
    limits.testCPUSeconds = max(1, testCPUSeconds / 4)
    limits.testWallSeconds = max(1, testWallSeconds / 4)
    return limits
  }
}

extension JudgeEvent {
  /// True if the worker ended while it was asked.
  var isEndOfWorker: Bool {
    if case .workerEnded = self { true } else { false }
  }
}

import Foundation
import GraderCore
import JudgeEvents
import Sandbox

/// Runs one hidden test: a judge of ours and a fresh jailed worker, joined by a private socket.
struct TestRunner: Sendable {
  let jail: Jail
  let suite: HiddenSuite
  let worker: String
  let seed: UInt64

  /// What a judge gets to finish once its worker is gone.
  private static let grace = Duration.seconds(20)

  /// What came of a run.
  struct Run {
    var events: [JudgeEvent]
    var worker: Outcome
    var judge: Outcome
    var workerEnd: TestRecord.End
  }

  /// The same for another program or another seed.
  func with(worker: String? = nil, seed: UInt64? = nil) -> TestRunner {
    TestRunner(jail: jail, suite: suite, worker: worker ?? self.worker, seed: seed ?? self.seed)
  }

  /// Runs a test to its end or its deadline.
  func run(_ test: Assignment.Test, limits: GradingLimits) throws(GraderFault) -> Run {
    let sockets = try SocketPair()
    let log = try PrivateFile()
    let worker = try jail.start(
      Command(
        executable: self.worker,
        passedDescriptors: [sockets.worker],
        outputCap: limits.outputBytes
      ),
      policy: Self.policy(limits)
    )
    let judge = try jail.start(
      Command(
        executable: suite.bundle,
        arguments: ["\(suite.module).\(test.method)"],
        environment: [
          "CHAINRULE_SEED": "\(seed)", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
          "SWIFT_BACKTRACE": "enable=no",
        ],
        passedDescriptors: [sockets.judge, log.descriptor],
        outputCap: limits.outputBytes
      ),
      policy: .trusted()
    )
    sockets.close()

    let deadline = SuspendingClock.now + .seconds(limits.testWallSeconds)
    let finishedInTime = judge.hasEnded(by: deadline)
    // The judge is waiting for the worker: without it, its call fails and the test ends.
    guard finishedInTime else {
      let workerOutcome = try Self.end(worker, by: .now)
      let judgeOutcome = try Self.end(judge, by: .now + Self.grace)
      return Run(
        events: try log.events(),
        worker: workerOutcome,
        judge: judgeOutcome,
        workerEnd: .stoppedAtDeadline
      )
    }
    let judgeOutcome = try Self.end(judge, by: .now + Self.grace)
    let events = try log.events()
    let hungUp = events.contains { if case .workerEnded = $0 { true } else { false } }
    // A worker that hung up has ended, or is about to; any other is of no more use.
    let endedItself = hungUp && worker.hasEnded(by: .now + .seconds(2))
    let workerOutcome = try Self.end(worker, by: .now + (endedItself ? Self.grace : .zero))
    return Run(
      events: events,
      worker: workerOutcome,
      judge: judgeOutcome,
      workerEnd: endedItself ? TestRecord.End(workerOutcome.ending) : .dismissed
    )
  }

  private static func end(
    _ child: consuming Child,
    by deadline: SuspendingClock.Instant
  ) throws(GraderFault) -> Outcome {
    do throws(SandboxFault) {
      return try child.wait(until: deadline)
    } catch {
      throw GraderFault(sandbox: error)
    }
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

/// The socket between a judge and a worker; neither end outlives the hand-over.
private final class SocketPair {
  let worker: Int32
  let judge: Int32
  private var isOpen = true

  init() throws(GraderFault) {
    var ends: [Int32] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw GraderFault(.temporary, "Cannot make a socket: \(String(cString: strerror(errno))).")
    }
    (worker, judge) = (ends[0], ends[1])
  }

  func close() {
    guard isOpen else { return }
    isOpen = false
    Glibc.close(worker)
    Glibc.close(judge)
  }

  deinit { close() }
}

extension PrivateFile {
  /// All events that a judge wrote.
  fileprivate func events() throws(GraderFault) -> [JudgeEvent] {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: JudgeEvent.nonFinite.infinity,
      negativeInfinity: JudgeEvent.nonFinite.negativeInfinity,
      nan: JudgeEvent.nonFinite.nan
    )
    var events: [JudgeEvent] = []
    for line in contents().split(separator: UInt8(ascii: "\n")) {
      guard let event = try? decoder.decode(JudgeEvent.self, from: Data(line)) else {
        throw GraderFault(
          .broken,
          "The judge wrote an event that cannot be read: "
            + "\(Printable.line(String(decoding: line, as: UTF8.self)))."
        )
      }
      events.append(event)
    }
    return events
  }
}

import Foundation
import GraderCore
import JudgeOrders
import Sandbox
import Synchronization

/// A process of the hidden suite, which runs one test after another.
final class Judge: Sendable {
  private let process: Mutex<Child?>
  private let orders: Descriptor

  /// The state of a judge after a test.
  struct End {
    var ending: TestRecord.End
    /// Its output, if it is gone.
    var output: [UInt8] = []
  }

  /// The time that a judge gets to finish a test once its worker is gone.
  private static let grace = Duration.seconds(20)

  init(_ suite: HiddenSuite, in jail: Jail) throws(GraderFault) {
    let ends = try GraderFault.sandboxed(DescriptorPair.messages)
    process = Mutex(
      try jail.start(
        Command(
          executable: suite.bundle,
          arguments: [suite.gradedMethods],
          environment: [
            "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
          ],
          passedDescriptors: [ends.second.number]
        ),
        policy: .trusted()
      )
    )
    orders = ends.first
  }

  /// Has a test run; if the judge is gone, `end` tells.
  func start(_ order: JudgeOrder) { _ = order.send(over: orders.number) }

  /// Waits until the test has ended, or the judge, or the deadline has passed.
  func hasFinished(by deadline: SuspendingClock.Instant) -> Bool {
    var polled = pollfd(fd: orders.number, events: Int16(POLLIN), revents: 0)
    repeat {
      let left = max(.zero, deadline - .now) / .milliseconds(1)
      poll(&polled, 1, Int32(min(left.rounded(.up), 1e9)))
    } while polled.revents == 0 && deadline > .now
    return polled.revents != 0
  }

  /// Waits for the end of the test, and ends the judge if it does not come.
  func end() throws(GraderFault) -> End {
    if hasFinished(by: .now + Self.grace), JudgeOrder.takeReceipt(from: orders.number) {
      return End(ending: .dismissed)
    }
    guard let process = process.withLock({ $0.take() }) else { return End(ending: .dismissed) }
    let outcome = try process.end(by: .now + .seconds(1))
    return End(
      ending: TestRecord.End(outcome.ending),
      output: outcome.standardError.bytes + outcome.standardOutput.bytes
    )
  }
}

/// The judges of one submission; they end when nobody needs them any more.
///
/// A judge starts once and not for every test, which would be a fifth of all that a submission
/// costs. No other submission gets it: whatever a worker did to its judge, it did to itself.
final class Judges: Sendable {
  let suite: HiddenSuite
  private let jail: Jail
  private let idle = Mutex<[Judge]>([])

  init(suite: HiddenSuite, jail: Jail) {
    (self.suite, self.jail) = (suite, jail)
  }

  /// A judge that has nothing to do.
  func take() throws(GraderFault) -> Judge {
    if let judge = idle.withLock({ $0.popLast() }) { return judge }
    return try Judge(suite, in: jail)
  }

  /// Keeps a judge for the next test.
  func giveBack(_ judge: Judge) { idle.withLock { $0.append(judge) } }
}

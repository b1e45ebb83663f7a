internal import CourseKit
internal import Foundation
internal import JudgeOrders
internal import XCTest

/// The process of a hidden suite, which runs the tests that the grader asks for.
enum JudgeProcess {
  /// The socket that orders come from.
  private static let socket: Int32 = 3

  /// Makes a new instance of each test of this process, by `Class/method`.
  ///
  /// XCTest makes all instances, on one thread, before it starts the first class.
  nonisolated(unsafe) static var tests: [String: () -> JudgeCase] = [:]

  /// Runs tests until no more are asked for, and exits.
  ///
  /// Each runs in a new instance with a worker, a log and a seed of its own: what they share is the
  /// code of the suite, which is ours.
  static func serve() -> Never {
    guard JudgeOrder.canTravel(over: socket) else {
      fatalError("hidden tests are started by the grader: `grader validate` runs them all")
    }
    XCTestObservationCenter.shared.addTestObserver(Observation())
    while let order = JudgeOrder.receive(from: socket) {
      // Without an instance nothing is written, which is no verdict.
      if let make = tests[order.method] {
        let test = make()
        test.given = Given(order)
        test.run()
      }
      close(order.worker)
      close(order.log)
      guard JudgeOrder.sendReceipt(over: socket) else { exit(70) }
    }
    exit(0)
  }
}

/// The worker, log and seed that a test gets from the grader.
struct Given: Sendable {
  /// The worker that runs the student's code.
  let subject: Subject
  /// The file of events.
  let log: EventLog
  /// The submission's seed.
  let seed: UInt64
  /// The work that is to be done.
  let work: JudgeWork

  init(_ order: JudgeOrder) {
    subject = Subject(descriptor: order.worker)
    log = EventLog(descriptor: order.log)
    seed = order.seed
    work = order.work
  }
}

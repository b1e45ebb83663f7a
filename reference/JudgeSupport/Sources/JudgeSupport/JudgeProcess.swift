internal import CourseKit
internal import Foundation
import JudgeEvents
internal import XCTest

/// What a judge gets from the grader: a worker, a file for events, a seed.
final class JudgeProcess: XCTestObservation, Sendable {
  let subject = Subject(channel: Channel(descriptor: 3))
  let log = EventLog(descriptor: 4)
  let seed: UInt64

  init() {
    guard let text = ProcessInfo.processInfo.environment["CHAINRULE_SEED"],
      let seed = UInt64(text)
    else { fatalError("CHAINRULE_SEED is not set: hidden tests are started by the grader") }
    self.seed = seed
  }
}

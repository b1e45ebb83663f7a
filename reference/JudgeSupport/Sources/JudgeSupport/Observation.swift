internal import JudgeEvents
internal import XCTest

/// Writes to a test's log that XCTest started it, and what XCTest found.
final class Observation: XCTestObservation {
  func testCaseWillStart(_ testCase: XCTestCase) {
    log(of: testCase)?.write(.started(test: testCase.name))
  }

  func testCaseDidFinish(_ testCase: XCTestCase) {
    let succeeded = testCase.testRun?.hasSucceeded ?? false
    log(of: testCase)?.write(.finished(test: testCase.name, succeeded: succeeded))
  }

  private func log(of testCase: XCTestCase) -> EventLog? {
    (testCase as? JudgeCase)?.given?.log
  }
}

internal import JudgeEvents
internal import XCTest

extension JudgeProcess {
  /// Makes XCTest report to this process's log, once however many classes ask.
  func observeOnce() {
    XCTestObservationCenter.shared.addTestObserver(self)
  }

  func testCaseWillStart(_ testCase: XCTestCase) {
    log.write(.started(test: testCase.name))
  }

  func testCaseDidFinish(_ testCase: XCTestCase) {
    let succeeded = testCase.testRun?.hasSucceeded ?? false
    log.write(.finished(test: testCase.name, succeeded: succeeded))
  }
}

import BatchNormTask
import CourseKit
import JudgeSupport
import XCTest

final class ClosedFormTests: BatchNormCase {
  func testBackwardClosed() throws {
    try judge("batchNormBackwardClosed") {
      try subject(
        BatchNormTask.backwardClosed,
        $0.dU,
        $0.xHat,
        $0.gamma,
        $0.variance,
        $0.epsilon
      )
    } expect: {
      $0.expectedDX
    }
  }
}

import BatchNormTask
import CourseKit
import JudgeSupport
import XCTest

final class ParameterGradientsTests: BatchNormCase {
  func testGradGamma() throws {
    try judgeLoose("gradGamma", exchanging: \.batch.dU, \.xHat) { [self] in
      try subject(BatchNormTask.gradGamma, $0.batch.dU, $0.xHat)
    } expect: {
      $0.expectedDGamma
    }
  }

  func testGradBeta() throws {
    try judge("gradBeta", exchanging: \.dU) { [self] in
      try subject(BatchNormTask.gradBeta, $0.dU)
    } expect: {
      $0.expectedDBeta
    }
  }
}

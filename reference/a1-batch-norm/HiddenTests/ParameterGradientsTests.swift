import BatchNormTask
import CourseKit
import JudgeSupport
import XCTest

final class ParameterGradientsTests: BatchNormCase {
  func testGradGamma() throws {
    try judge("gradGamma") {
      try subject(BatchNormTask.gradGamma, $0.dU, $0.xHat)
    } expect: {
      $0.expectedDGamma
    }
  }

  func testGradBeta() throws {
    try judge("gradBeta") {
      try subject(BatchNormTask.gradBeta, $0.dU)
    } expect: {
      $0.expectedDBeta
    }
  }
}

import BatchNormTask
import CourseKit
import JudgeSupport
import XCTest

final class StepsTests: BatchNormCase {
  func testGradXHat() throws {
    try judge("gradXHat") {
      try subject(BatchNormTask.gradXHat, $0.dU, $0.gamma)
    } expect: {
      $0.expectedDXHat
    }
  }

  func testGradVariance() throws {
    try judge("gradVariance") {
      try subject(
        BatchNormTask.gradVariance,
        $0.dXHat,
        $0.x,
        $0.mean,
        $0.variance,
        $0.epsilon
      )
    } expect: {
      $0.expectedDVariance
    }
  }

  func testGradMean() throws {
    try judge("gradMean") {
      try subject(
        BatchNormTask.gradMean,
        $0.dXHat,
        $0.dVariance,
        $0.x,
        $0.mean,
        $0.variance,
        $0.epsilon
      )
    } expect: {
      $0.expectedDMean
    }
  }

  func testGradInput() throws {
    try judge("gradInput") {
      try subject(
        BatchNormTask.gradInput,
        $0.dXHat,
        $0.dVariance,
        $0.dMean,
        $0.x,
        $0.mean,
        $0.variance,
        $0.epsilon
      )
    } expect: {
      $0.expectedDX
    }
  }
}

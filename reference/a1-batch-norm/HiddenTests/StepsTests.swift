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
    let isRight = try judge("gradInput") {
      try ask(gradInput: $0)
    } expect: {
      $0.expectedDX
    }
    guard isRight else { return }
    var generator = generator("probes")
    let probes = inputProbes(using: &generator) { [self] batch, dU in
      var graded = batch
      graded.dU = dU
      return try ask(gradInput: graded)
    }
    judgeDerivation(of: "gradInput", probes: probes)
  }

  private func ask(gradInput batch: Batch) throws -> Tensor<Double> {
    try subject(
      BatchNormTask.gradInput,
      batch.dXHat,
      batch.dVariance,
      batch.dMean,
      batch.x,
      batch.mean,
      batch.variance,
      batch.epsilon
    )
  }
}

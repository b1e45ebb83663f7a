import BatchNormTask
import CourseKit
import JudgeSupport
import XCTest

final class StepsTests: BatchNormCase {
  func testGradXHat() throws {
    try judge("gradXHat", exchanging: \.dU, \.gamma) { [self] in
      try subject(BatchNormTask.gradXHat, $0.dU, $0.gamma)
    } expect: {
      $0.expectedDXHat
    }
  }

  func testGradVariance() throws {
    try judgeLoose(
      "gradVariance",
      exchanging: \.dXHat,
      \.batch.x,
      \.mean,
      \.variance,
      \.batch.epsilon
    ) { [self] in
      try subject(
        BatchNormTask.gradVariance,
        $0.dXHat,
        $0.batch.x,
        $0.mean,
        $0.variance,
        $0.batch.epsilon
      )
    } expect: {
      $0.expectedDVariance
    }
  }

  func testGradMean() throws {
    try judgeLoose(
      "gradMean",
      exchanging: \.dXHat,
      \.dVariance,
      \.batch.x,
      \.variance,
      \.batch.epsilon
    ) { [self] in
      try subject(
        BatchNormTask.gradMean,
        $0.dXHat,
        $0.dVariance,
        $0.batch.x,
        $0.batch.mean,
        $0.variance,
        $0.batch.epsilon
      )
    } expect: {
      $0.expectedDMean
    }
  }

  func testGradInput() throws {
    try judgeLoose(
      "gradInput",
      exchanging: \.dXHat,
      \.dVariance,
      \.dMean,
      \.batch.x,
      \.mean,
      \.variance,
      \.batch.epsilon
    ) { [self] in
      try subject(
        BatchNormTask.gradInput,
        $0.dXHat,
        $0.dVariance,
        $0.dMean,
        $0.batch.x,
        $0.mean,
        $0.variance,
        $0.batch.epsilon
      )
    } expect: {
      $0.expectedDX
    } judgeDerivation: {
      var generator = generator("probes")
      let probes = inputProbes(using: &generator) { [self] batch, dU in
        var graded = batch
        graded.dU = dU
        return try ask(gradInput: graded)
      }
      return judgeDerivation(of: "gradInput", probes: probes)
    }
  }

  /// With arguments that belong together: what is differenced of other ones is another thing.
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

import BatchNormTask
import CourseKit
import JudgeSupport
import XCTest

final class ForwardTests: BatchNormCase {
  func testBatchMean() throws {
    try judge("batchMean", exchanging: \.x) { [self] in
      try subject(BatchNormTask.batchMean, $0.x)
    } expect: {
      $0.expectedMean
    }
  }

  func testBatchVariance() throws {
    try judge("batchVariance", exchanging: \.x) { [self] in
      try subject(BatchNormTask.batchVariance, $0.x, $0.mean)
    } expect: {
      $0.expectedVariance
    }
  }

  /// Around 1e7 two passes err by 4e-9; the mean of the squares minus the square of the mean, by
  /// 2e-3 or more.
  func testVarianceStable() throws {
    var generator = generator()
    let shapes = [(8, 3), (2, 4), (4, 4), (7, 2)]
    let draws = shapes.map { n, d in
      let offset = generator.signed(1e7...2e7, count: d)
      var x: Tensor<Double>
      repeat {
        x = offset + generator.normal(shape: [n, d])
      } while Statistics(of: x, epsilon: 0).root.scalars.contains { $0 < 0.3 }
      return x
    }
    try judge("batchVariance", on: Questions(ordinary: draws)) { [self] x in
      [try subject(BatchNormTask.batchVariance, x, Statistics(of: x, epsilon: 0).mean)]
    } expect: { x in
      let variance = Statistics(of: x, epsilon: 0).variance
      return [Expected("variance", variance, terms: variance)]
    }
  }

  func testNormalize() throws {
    try judgeLoose(
      "normalize",
      exchanging: \.batch.x,
      \.mean,
      \.variance,
      \.batch.epsilon
    ) { [self] in
      try subject(BatchNormTask.normalize, $0.batch.x, $0.mean, $0.variance, $0.batch.epsilon)
    } expect: {
      $0.expectedXHat
    }
  }

  func testScaleAndShift() throws {
    try judgeLoose(
      "scaleAndShift",
      exchanging: \.xHat,
      \.batch.gamma,
      \.batch.beta
    ) { [self] in
      try subject(BatchNormTask.scaleAndShift, $0.xHat, $0.batch.gamma, $0.batch.beta)
    } expect: {
      $0.expectedU
    }
  }
}

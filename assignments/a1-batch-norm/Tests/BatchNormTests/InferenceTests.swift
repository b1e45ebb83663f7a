import BatchNorm
import BatchNormTask
import CourseKit
import XCTest

final class InferenceTests: HomeworkTestCase {
  private let running = Running(mean: Example.mean, variance: Example.variance)

  /// One sample, the first of the example: with these running statistics it gives the same u.
  func testInferenceOfOneSample() {
    attempt {
      expect(
        try infer([[7, -2]]),
        Tensor([[35, 63]]) / 15,
        "u of a single sample",
        hint: "Use the running statistics, not the batch's"
      )
    }
  }

  func testNeighboursDoNotMatter() {
    attempt {
      expect(
        try infer([[7, -2], [1000, -1000]]).row(0),
        Tensor([35, 63]) / 15,
        "u of the first sample beside another one",
        hint: "Use the running statistics, not the batch's"
      )
    }
  }

  func testUpdateRunning() {
    attempt {
      let yours = try updateRunning(
        Running(mean: Tensor([1, 0]), variance: Tensor([4, 8])),
        mean: Example.mean,
        variance: Example.variance,
        count: 3,
        momentum: 0.25
      )
      expect(yours.mean, Tensor([2, 1]), "the running mean", hint: "The new batch gets a quarter")
      expect(
        yours.variance,
        Tensor([6, 15]),
        "the running variance",
        hint: "The batch's variance times n/(n - 1) enters, here times 3/2"
      )
    }
  }

  private func infer(_ rows: [[Double]]) throws -> Tensor<Double> {
    try batchNormInference(
      Tensor(rows),
      gamma: Example.gamma,
      beta: Example.beta,
      running: running,
      epsilon: Example.epsilon
    )
  }
}

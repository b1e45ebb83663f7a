import BatchNormTask
import CourseKit
import JudgeSupport
import XCTest

final class InferenceTests: BatchNormCase {
  /// The sample that stands alone is the first of a batch asked for before: neither the number of
  /// neighbours nor their values may matter.
  func testInference() throws {
    var generator = generator()
    try judge(
      "batchNormInference",
      on: Usage.questions(using: &generator),
      ask: { [self] in
        let (batch, running) = ($0.batch, $0.running)
        let (gamma, beta, epsilon) = (batch.gamma, batch.beta, batch.epsilon)
        return [try subject(BatchNormTask.inference, $0.x, gamma, beta, running, epsilon)]
      },
      expect: { [$0.expected] },
      compositions: [
        { [self] in
          let (batch, running) = ($0.batch, $0.running)
          let xHat = try normalize($0.x, running.mean, running.variance, batch.epsilon)
          return [try scaleAndShift(xHat, batch.gamma, batch.beta)]
        }
      ]
    )
  }

  func testUpdateRunning() throws {
    var generator = generator()
    try judge("updateRunning", on: Update.questions(using: &generator)) { [self] in
      let yours = try subject(
        BatchNormTask.updateRunning,
        $0.running,
        $0.loose.mean,
        $0.loose.variance,
        $0.count,
        $0.momentum
      )
      return [yours.mean, yours.variance]
    } expect: {
      $0.expected
    }
  }
}

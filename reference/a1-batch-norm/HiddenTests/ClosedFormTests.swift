import BatchNormTask
import CourseKit
import JudgeSupport
import XCTest

final class ClosedFormTests: BatchNormCase {
  func testBackwardClosed() throws {
    var generator = generator()
    let isRight = try judge(
      "batchNormBackwardClosed",
      on: Batch.draws(using: &generator),
      ask: { [self] in [try ask($0, dU: $0.dU)] },
      expect: { [$0.expectedDX] }
    )
    guard isRight else { return }
    let probes = inputProbes(using: &generator) { [self] in try ask($0, dU: $1) }
    judgeDerivation(of: "batchNormBackwardClosed", probes: probes)
  }

  private func ask(_ batch: Batch, dU: Tensor<Double>) throws -> Tensor<Double> {
    try subject(
      BatchNormTask.backwardClosed,
      dU,
      batch.xHat,
      batch.gamma,
      batch.variance,
      batch.epsilon
    )
  }
}

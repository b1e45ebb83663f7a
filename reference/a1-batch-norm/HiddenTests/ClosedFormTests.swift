import BatchNormTask
import CourseKit
import JudgeSupport
import XCTest

final class ClosedFormTests: BatchNormCase {
  func testBackwardClosed() throws {
    var generator = generator()
    let isRight = try judge(
      "batchNormBackwardClosed",
      on: Loose.draws(using: &generator),
      ask: { [self] in [try ask($0.batch, dU: $0.batch.dU, variance: $0.variance)] },
      expect: { [$0.expectedClosedDX] }
    )
    guard isRight else { return }
    let probes = inputProbes(using: &generator) { [self] in
      try ask($0, dU: $1, variance: $0.variance)
    }
    judgeDerivation(of: "batchNormBackwardClosed", probes: probes)
  }

  private func ask(
    _ batch: Batch,
    dU: Tensor<Double>,
    variance: Tensor<Double>
  ) throws -> Tensor<Double> {
    try subject(
      BatchNormTask.backwardClosed,
      dU,
      batch.xHat,
      batch.gamma,
      variance,
      batch.epsilon
    )
  }
}

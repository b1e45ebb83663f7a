import BatchNormTask
import CourseKit
import JudgeSupport
import XCTest

final class ClosedFormTests: BatchNormCase {
  func testBackwardClosed() throws {
    try judgeLoose(
      "batchNormBackwardClosed",
      exchanging: \.batch.dU,
      \.centredXHat,
      \.batch.gamma,
      \.variance,
      \.batch.epsilon
    ) { [self] in
      try ask($0.batch, dU: $0.batch.dU, xHat: $0.centredXHat, variance: $0.variance)
    } expect: {
      $0.expectedClosedDX
    } judgeDerivation: {
      var generator = generator("probes")
      let probes = inputProbes(using: &generator) { [self] in
        try ask($0, dU: $1, xHat: $0.xHat, variance: $0.variance)
      }
      return judgeDerivation(of: "batchNormBackwardClosed", probes: probes)
    }
  }

  private func ask(
    _ batch: Batch,
    dU: Tensor<Double>,
    xHat: Tensor<Double>,
    variance: Tensor<Double>
  ) throws -> Tensor<Double> {
    try subject(BatchNormTask.backwardClosed, dU, xHat, batch.gamma, variance, batch.epsilon)
  }
}

// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func foldBatchNorm(
  weight: Tensor<Double>,
  bias: Tensor<Double>?,
  gamma: Tensor<Double>,
  beta: Tensor<Double>,
  running: Running,
  epsilon: Double
) throws -> (weight: Tensor<Double>, bias: Tensor<Double>) {
  let o = gamma.count
  // What batch norm makes of a response that is the same number everywhere.
  func normalized(_ y: Tensor<Double>) -> Tensor<Double> {
    (y - running.mean) / (running.variance + epsilon).squareRoot() * gamma + beta
  }
  let silence = normalized(bias ?? .zeros(o))
  var folded = weight
  for k in 0..<weight.shape[1] {
    for u in 0..<weight.shape[2] {
      for v in 0..<weight.shape[3] {
        let tap = Tensor((0..<o).map { weight[$0, k, u, v] })
        let answer = normalized((bias ?? .zeros(o)) + tap) - silence
        for f in 0..<o { folded[f, k, u, v] = answer[f] }
      }
    }
  }
  return (folded, silence)
}

// The whole backward pass by the closed form.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func batchNormBackward(
  dU: Tensor<Double>,
  x: Tensor<Double>,
  gamma: Tensor<Double>,
  epsilon: Double
) throws -> (dX: Tensor<Double>, dGamma: Tensor<Double>, dBeta: Tensor<Double>) {
  try requireShapes(matrices: dU, x, vectors: gamma)
  guard x.shape[0] > 1 else { throw BatchTooSmall(count: x.shape[0]) }
  let mean = try batchMean(x)
  let variance = try batchVariance(x, mean: mean)
  let xHat = try normalize(x, mean: mean, variance: variance, epsilon: epsilon)

  let dX = try batchNormBackwardClosed(
    dU: dU,
    xHat: xHat,
    gamma: gamma,
    variance: variance,
    epsilon: epsilon
  )
  return (dX, try gradGamma(dU: dU, xHat: xHat), try gradBeta(dU: dU))
}

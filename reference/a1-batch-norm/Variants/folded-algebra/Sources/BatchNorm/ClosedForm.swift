// The student's own steps on an x of mean zero.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func batchNormBackwardClosed(
  dU: Tensor<Double>,
  xHat: Tensor<Double>,
  gamma: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: dU, xHat, vectors: gamma, variance)
  let root = (variance + epsilon).squareRoot()
  let x = xHat * root
  let zero = gamma * 0
  let dXHat = try gradXHat(dU: dU, gamma: gamma)
  let dV = try gradVariance(dXHat: dXHat, x: x, mean: zero, variance: variance, epsilon: epsilon)
  let dM = try gradMean(
    dXHat: dXHat,
    dVariance: dV,
    x: x,
    mean: zero,
    variance: variance,
    epsilon: epsilon
  )
  return try gradInput(
    dXHat: dXHat,
    dVariance: dV,
    dMean: dM,
    x: x,
    mean: zero,
    variance: variance,
    epsilon: epsilon
  )
}

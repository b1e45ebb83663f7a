// Double everywhere but in the sums.
// expect: variance-stable
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func gradXHat(dU: Tensor<Double>, gamma: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: dU, vectors: gamma)
  return gamma * dU
}

public func gradVariance(
  dXHat: Tensor<Double>,
  x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: dXHat, x, vectors: mean, variance)
  let root = (variance + epsilon).squareRoot()
  let sum = floatSum(dXHat * (x - mean))
  return -0.5 * sum / (root * root * root)
}

public func gradMean(
  dXHat: Tensor<Double>,
  dVariance: Tensor<Double>,
  x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: dXHat, x, vectors: dVariance, mean, variance)
  let root = (variance + epsilon).squareRoot()
  let n = Double(x.shape[0])
  let direct = -floatSum(dXHat) / root
  // Zero but for rounding: the deviations from the mean sum to zero.
  let throughVariance = -2 / n * dVariance * floatSum(x - mean)
  return direct + throughVariance
}

public func gradInput(
  dXHat: Tensor<Double>,
  dVariance: Tensor<Double>,
  dMean: Tensor<Double>,
  x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: dXHat, x, vectors: dVariance, dMean, mean, variance)
  let root = (variance + epsilon).squareRoot()
  let n = Double(x.shape[0])
  let direct = dXHat / root
  let throughVariance = dVariance * (x - mean) * (2 / n)
  let throughMean = dMean / n
  return direct + throughVariance + throughMean
}

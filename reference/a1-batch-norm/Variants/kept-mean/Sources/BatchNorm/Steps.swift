// A slip over two files: `normalize` keeps the mean, and step 2 uses what it kept.
// expect: grad-variance
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
  let sum = (dXHat * (x - (Kept.means[x.shape] ?? mean))).sum(axis: 0)
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
  let direct = -dXHat.sum(axis: 0) / root
  let throughVariance = -2 / n * dVariance * (x - mean).sum(axis: 0)
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

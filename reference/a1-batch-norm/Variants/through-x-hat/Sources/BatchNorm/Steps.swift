// Everything by way of xHat, made of the mean and the variance that are given.
// expect: full
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
  let xHat = try normalize(x, mean: mean, variance: variance, epsilon: epsilon)
  return (dXHat * xHat).sum(axis: 0) / (-2 * (variance + epsilon))
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
  let xHat = try normalize(x, mean: mean, variance: variance, epsilon: epsilon)
  let throughVariance = dVariance * xHat * (2 / n) * root
  let throughMean = dMean / n
  return direct + throughVariance + throughMean
}

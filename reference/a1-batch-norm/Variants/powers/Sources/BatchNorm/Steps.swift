// Powers for roots, and the vanishing path of the mean with the other sign.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit
import Foundation

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
  let sum = (dXHat * (x - mean)).sum(axis: 0)
  return -0.5 * sum * (variance + epsilon).map { pow($0, -1.5) }
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
  let n = Double(x.shape[0])
  let direct = -dXHat.sum(axis: 0) * (variance + epsilon).map { pow($0, -0.5) }
  let throughVariance = 2 / n * dVariance * (x - mean).sum(axis: 0)
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
  let n = Double(x.shape[0])
  let direct = dXHat * (variance + epsilon).map { pow($0, -0.5) }
  let throughVariance = dVariance * (x - mean) * (2 / n)
  let throughMean = dMean / n
  return direct + throughVariance + throughMean
}

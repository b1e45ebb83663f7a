// Single precision inside: too coarse far from zero.
// expect: variance-stable
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func gradXHat(dU: Tensor<Double>, gamma: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: dU, vectors: gamma)
  return (gamma.single * dU.single).double
}

public func gradVariance(
  dXHat: Tensor<Double>,
  x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: dXHat, x, vectors: mean, variance)
  let root = (variance.single + Float(epsilon)).squareRoot()
  let sum = (dXHat.single * (x.single - mean.single)).sum(axis: 0)
  return (-0.5 * sum / (root * root * root)).double
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
  let root = (variance.single + Float(epsilon)).squareRoot()
  let n = Float(x.shape[0])
  let direct = -dXHat.single.sum(axis: 0) / root
  let throughVariance = -2 / n * dVariance.single * (x.single - mean.single).sum(axis: 0)
  return (direct + throughVariance).double
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
  let root = (variance.single + Float(epsilon)).squareRoot()
  let n = Float(x.shape[0])
  let direct = dXHat.single / root
  let throughVariance = dVariance.single * (x.single - mean.single) * (2 / n)
  return (direct + throughVariance + dMean.single / n).double
}

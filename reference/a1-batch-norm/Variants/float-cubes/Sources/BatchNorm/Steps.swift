// Single precision, and the power -3/2 as the root of a cube or one over it: the largest numbers
// on the way that right code has.
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
  let q = variance.single + Float(epsilon)
  let sum = (dXHat.single * (x.single - mean.single)).sum(axis: 0)
  return (-0.5 * sum * (1 / (q * q * q)).squareRoot()).double
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
  let q = variance.single + Float(epsilon)
  let n = Float(x.shape[0])
  let direct = dXHat.single / q.squareRoot()
  let throughVariance = dVariance.single * (x.single - mean.single) * (2 / n)
  return (direct + throughVariance + dMean.single / n).double
}

extension Tensor where Scalar == Double {
  fileprivate var single: Tensor<Float> { converted(to: Float.self) }
}

extension Tensor where Scalar == Float {
  fileprivate var double: Tensor<Double> { converted(to: Double.self) }
}

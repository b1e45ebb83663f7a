// Single precision inside: too coarse far from zero.
// expect: variance-stable
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func batchMean(_ x: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x)
  return x.single.mean(axis: 0).double
}

public func batchVariance(_ x: Tensor<Double>, mean: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: mean)
  return (x.single - mean.single).squared().mean(axis: 0).double
}

public func normalize(
  _ x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: mean, variance)
  return ((x.single - mean.single) / (variance.single + Float(epsilon)).squareRoot()).double
}

public func scaleAndShift(
  _ xHat: Tensor<Double>,
  gamma: Tensor<Double>,
  beta: Tensor<Double>
) throws -> Tensor<Double> {
  try requireShapes(matrices: xHat, vectors: gamma, beta)
  return (gamma.single * xHat.single + beta.single).double
}

extension Tensor where Scalar == Double {
  var single: Tensor<Float> { converted(to: Float.self) }
}

extension Tensor where Scalar == Float {
  var double: Tensor<Double> { converted(to: Double.self) }
}

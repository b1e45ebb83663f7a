// Double everywhere but in the sums.
// expect: variance-stable
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func batchMean(_ x: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x)
  return floatSum(x) / Double(x.shape[0])
}

public func batchVariance(_ x: Tensor<Double>, mean: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: mean)
  return floatSum((x - floatSum(x) / Double(x.shape[0])).squared()) / Double(x.shape[0])
}

public func normalize(
  _ x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: mean, variance)
  return (x - mean) / (variance + epsilon).squareRoot()
}

public func scaleAndShift(
  _ xHat: Tensor<Double>,
  gamma: Tensor<Double>,
  beta: Tensor<Double>
) throws -> Tensor<Double> {
  try requireShapes(matrices: xHat, vectors: gamma, beta)
  return gamma * xHat + beta
}

// Sums over the batch in single precision.
func floatSum(_ x: Tensor<Double>) -> Tensor<Double> {
  x.converted(to: Float.self).sum(axis: 0).converted(to: Double.self)
}

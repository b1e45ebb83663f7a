// A slip over two files: `normalize` keeps the mean, and step 2 uses what it kept.
// expect: grad-variance
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func batchMean(_ x: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x)
  return x.mean(axis: 0)
}

public func batchVariance(_ x: Tensor<Double>, mean: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: mean)
  return (x - mean).squared().mean(axis: 0)
}

public func normalize(
  _ x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: mean, variance)
  Kept.means[x.shape] = mean
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

enum Kept {
  nonisolated(unsafe) static var means: [[Int]: Tensor<Double>] = [:]
}

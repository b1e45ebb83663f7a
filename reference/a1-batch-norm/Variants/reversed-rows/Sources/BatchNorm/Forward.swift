// All sums from the last row to the first.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func batchMean(_ x: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x)
  return backwards(x) / Double(x.shape[0])
}

public func batchVariance(_ x: Tensor<Double>, mean: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: mean)
  return backwards((x - mean).squared()) / Double(x.shape[0])
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

// Sums over the batch from the last row to the first.
func backwards(_ x: Tensor<Double>) -> Tensor<Double> {
  var sum = Tensor<Double>.zeros(x.shape[1])
  for i in (0..<x.shape[0]).reversed() { sum += x.row(i) }
  return sum
}

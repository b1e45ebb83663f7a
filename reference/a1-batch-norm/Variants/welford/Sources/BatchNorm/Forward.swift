// Welford's running mean and variance.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func batchMean(_ x: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x)
  return welford(x).mean
}

public func batchVariance(_ x: Tensor<Double>, mean: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: mean)
  return welford(x).variance
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

private func welford(_ x: Tensor<Double>) -> (mean: Tensor<Double>, variance: Tensor<Double>) {
  var mean = Tensor<Double>.zeros(x.shape[1])
  var squares = mean
  for i in 0..<x.shape[0] {
    let before = x.row(i) - mean
    mean += before / Double(i + 1)
    squares += before * (x.row(i) - mean)
  }
  return (mean, squares / Double(x.shape[0]))
}

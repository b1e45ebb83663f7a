import BatchNormTask
import CourseKit

// Part 1, the forward pass. `n` samples in the batch, `d` features; a row is a sample, a column a
// feature. Equations are numbered as in README.md.

/// Averages each feature over the batch: equation (1).
///
/// Shapes: `x` `[n, d]`; the result is `[d]`.
public func batchMean(_ x: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x)
  // solution
  return x.mean(axis: 0)
}

/// Measures how far each feature spreads around its mean: equation (2), dividing by `n`.
///
/// Shapes: `x` `[n, d]`, `mean` (always what `batchMean` returns for `x`) `[d]`; the result is
/// `[d]`.
public func batchVariance(_ x: Tensor<Double>, mean: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: mean)
  // solution
  return (x - mean).squared().mean(axis: 0)
}

/// Brings each feature to mean 0 and variance (nearly) 1: equation (3); mind where `ε` stands.
///
/// Use the mean and the variance that you are given: they need not be those of `x`.
///
/// Shapes: `x` `[n, d]`, `mean` and `variance` `[d]`; the result, called `xHat`, is `[n, d]`.
public func normalize(
  _ x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: mean, variance)
  // solution
  return (x - mean) / (variance + epsilon).squareRoot()
}

/// Gives each feature the scale and the offset that the network learns: equation (4).
///
/// Shapes: `xHat` `[n, d]`, `gamma` and `beta` `[d]`; the result, called `u`, is `[n, d]`.
public func scaleAndShift(
  _ xHat: Tensor<Double>,
  gamma: Tensor<Double>,
  beta: Tensor<Double>
) throws -> Tensor<Double> {
  try requireShapes(matrices: xHat, vectors: gamma, beta)
  // solution
  return gamma * xHat + beta
}

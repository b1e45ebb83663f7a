import BatchNormTask
import CourseKit

// Part 2, one step of the chain rule per function, from the output back to the input.
// `dXHat` stands for ∂J/∂x̂, and so on: a gradient always has the shape of what it belongs to.
// Use the values that you are given: but for `mean` in step 3 they need not belong to `x`, nor to
// each other.

/// Step 1: from `∂J/∂u` to `∂J/∂x̂`.
///
/// Shapes: `dU` `[n, d]`, `gamma` `[d]`; the result is `[n, d]`.
public func gradXHat(dU: Tensor<Double>, gamma: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: dU, vectors: gamma)
  throw NotImplemented()
}

/// Step 2: from `∂J/∂x̂` to `∂J/∂σ²`. How many of the `x̂_ij` does one `σ²_j` reach?
///
/// Shapes: `dXHat` and `x` `[n, d]`, `mean` and `variance` `[d]`; the result is `[d]`.
public func gradVariance(
  dXHat: Tensor<Double>,
  x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: dXHat, x, vectors: mean, variance)
  throw NotImplemented()
}

/// Step 3: from `∂J/∂x̂` and `∂J/∂σ²` to `∂J/∂μ`.
///
/// Shapes: `dXHat` and `x` `[n, d]`, the others `[d]`; the result is `[d]`. `mean` is the true mean
/// of `x`; the others need not belong to it.
public func gradMean(
  dXHat: Tensor<Double>,
  dVariance: Tensor<Double>,
  x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: dXHat, x, vectors: dVariance, mean, variance)
  throw NotImplemented()
}

/// Step 4: from `∂J/∂x̂`, `∂J/∂σ²` and `∂J/∂μ` to `∂J/∂x`, along three paths.
///
/// Shapes: `dXHat` and `x` `[n, d]`, the others `[d]`; the result is `[n, d]`.
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
  throw NotImplemented()
}

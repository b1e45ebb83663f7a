import CourseKit

// Part 1, the forward pass. `n` samples, `d` features.

/// Averages each sample over its features.
///
/// Shapes: `x` `[n, d]`; the result is `[n]`.
public func layerMean(_ x: Tensor<Double>) throws -> Tensor<Double> {
  // solution
  x.mean(axis: 1)
}

/// Measures how far each sample's features spread around their mean, dividing by `d`.
///
/// Shapes: `x` `[n, d]`, `mean` (what `layerMean` returns for `x`) `[n]`; the result is `[n]`.
public func layerVariance(_ x: Tensor<Double>, mean: Tensor<Double>) throws -> Tensor<Double> {
  // solution
  (x - column(mean)).squared().mean(axis: 1)
}

/// Normalizes each sample, then scales and shifts each feature.
///
/// Shapes: `x` `[n, d]`, `gamma` and `beta` `[d]`; the result, called `u`, is `[n, d]`.
public func layerNorm(
  _ x: Tensor<Double>,
  gamma: Tensor<Double>,
  beta: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  // solution
  let xHat = try normalized(x, epsilon: epsilon).xHat
  return gamma * xHat + beta
}

// solution

/// Each sample with mean 0 and variance (nearly) 1, and what it was divided by.
func normalized(
  _ x: Tensor<Double>,
  epsilon: Double
) throws -> (xHat: Tensor<Double>, root: Tensor<Double>) {
  let mean = try layerMean(x)
  let root = column((try layerVariance(x, mean: mean) + epsilon).squareRoot())
  return ((x - column(mean)) / root, root)
}

/// `[n]` as `[n, 1]`, which meets every feature of its sample.
func column(_ vector: Tensor<Double>) -> Tensor<Double> {
  vector.reshaped(vector.count, 1)
}

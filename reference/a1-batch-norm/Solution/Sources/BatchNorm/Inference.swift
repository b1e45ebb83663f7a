import BatchNormTask
import CourseKit

// Part 6, what changes when the network has been trained.

/// The layer at inference: the running statistics take the place of the batch's.
///
/// Shapes: `x` `[n, d]` with any `n`, also 1; `gamma`, `beta` and both running statistics `[d]`;
/// the result is `[n, d]`.
public func batchNormInference(
  _ x: Tensor<Double>,
  gamma: Tensor<Double>,
  beta: Tensor<Double>,
  running: Running,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: gamma, beta, running.mean, running.variance)
  // solution
  let xHat = try normalize(
    x,
    mean: running.mean,
    variance: running.variance,
    epsilon: epsilon
  )
  return try scaleAndShift(xHat, gamma: gamma, beta: beta)
}

/// The running statistics after one more training batch: equations (5) and (6).
///
/// `mean` and `variance` are the batch's, as `batchMean` and `batchVariance` return them; `count`
/// is its number `n` of samples, 2 or more; `momentum` is the share that the new batch gets.
///
/// Shapes: all tensors `[d]`.
public func updateRunning(
  _ r: Running,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  count: Int,
  momentum: Double
) throws -> Running {
  // solution
  guard count > 1 else { throw BatchTooSmall(count: count) }
  // Deviations from the batch's own mean are too small by (n - 1) / n on average.
  let unbiased = variance * (Double(count) / Double(count - 1))
  return Running(
    mean: (1 - momentum) * r.mean + momentum * mean,
    variance: (1 - momentum) * r.variance + momentum * unbiased
  )
}

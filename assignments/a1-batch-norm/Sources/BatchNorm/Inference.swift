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
  throw NotImplemented()
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
  throw NotImplemented()
}

import BatchNormTask
import CourseKit

// Part 4, your own steps put together.

/// The whole backward pass of the layer in training.
///
/// Nothing of the forward pass is handed over but its input: compute again what you need.
///
/// Shapes: `dU` and `x` `[n, d]`, `gamma` `[d]`; the results have the shapes of `x`, `γ`, `β`.
///
/// - Throws: `BatchTooSmall` for a batch of one, whose variance says nothing.
public func batchNormBackward(
  dU: Tensor<Double>,
  x: Tensor<Double>,
  gamma: Tensor<Double>,
  epsilon: Double
) throws -> (dX: Tensor<Double>, dGamma: Tensor<Double>, dBeta: Tensor<Double>) {
  try requireShapes(matrices: dU, x, vectors: gamma)
  // solution
  guard x.shape[0] > 1 else { throw BatchTooSmall(count: x.shape[0]) }
  let mean = try batchMean(x)
  let variance = try batchVariance(x, mean: mean)
  let xHat = try normalize(x, mean: mean, variance: variance, epsilon: epsilon)

  let dXHat = try gradXHat(dU: dU, gamma: gamma)
  let dVariance = try gradVariance(
    dXHat: dXHat,
    x: x,
    mean: mean,
    variance: variance,
    epsilon: epsilon
  )
  let dMean = try gradMean(
    dXHat: dXHat,
    dVariance: dVariance,
    x: x,
    mean: mean,
    variance: variance,
    epsilon: epsilon
  )
  let dX = try gradInput(
    dXHat: dXHat,
    dVariance: dVariance,
    dMean: dMean,
    x: x,
    mean: mean,
    variance: variance,
    epsilon: epsilon
  )
  return (dX, try gradGamma(dU: dU, xHat: xHat), try gradBeta(dU: dU))
}

import BatchNormTask
import CourseKit

// Part 5, the four steps folded into one formula.

/// `∂J/∂x` in closed form: neither `x` nor its mean is needed any more.
///
/// Use the variance that you are given: `xHat` sums to zero over the batch, but need not be made
/// with this variance.
///
/// Shapes: `dU` and `xHat` `[n, d]`, `gamma` and `variance` `[d]`; the result is `[n, d]`.
public func batchNormBackwardClosed(
  dU: Tensor<Double>,
  xHat: Tensor<Double>,
  gamma: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: dU, xHat, vectors: gamma, variance)
  throw NotImplemented()
}

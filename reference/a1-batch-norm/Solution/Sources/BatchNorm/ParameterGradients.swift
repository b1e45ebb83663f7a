import BatchNormTask
import CourseKit

// Part 3, the gradients of what the layer learns.

/// From `∂J/∂u` to `∂J/∂γ`, with the `xHat` that you are given, normalized or not.
///
/// Shapes: `dU` and `xHat` `[n, d]`; the result is `[d]`.
public func gradGamma(dU: Tensor<Double>, xHat: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: dU, xHat)
  // solution
  return (dU * xHat).sum(axis: 0)
}

/// From `∂J/∂u` to `∂J/∂β`.
///
/// Shapes: `dU` `[n, d]`; the result is `[d]`.
public func gradBeta(dU: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: dU)
  // solution
  return dU.sum(axis: 0)
}

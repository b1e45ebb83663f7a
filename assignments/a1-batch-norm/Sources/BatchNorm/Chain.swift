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
  throw NotImplemented()
}

import BatchNormTask
import CourseKit

// Part 7, the layer at work between two linear ones. `n` samples, `d` inputs, `h` hidden units,
// `k` outputs.

/// Loss and gradients of `x → W₁ → batch norm → ReLU → W₂`: equation (7).
///
/// Shapes: `x` `[n, d]`, `w1` `[d, h]`, `gamma` and `beta` `[h]`, `w2` `[h, k]`, `target` `[n, k]`;
/// each gradient has the shape of what it belongs to.
///
/// - Throws: `BatchTooSmall` for a batch of one.
public func smallNetworkGradients(
  x: Tensor<Double>,
  w1: Tensor<Double>,
  gamma: Tensor<Double>,
  beta: Tensor<Double>,
  w2: Tensor<Double>,
  target: Tensor<Double>,
  epsilon: Double
) throws -> (
  loss: Double, dW1: Tensor<Double>, dGamma: Tensor<Double>, dBeta: Tensor<Double>,
  dW2: Tensor<Double>
) {
  throw NotImplemented()
}

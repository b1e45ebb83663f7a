import CourseKit

// Part 2, the backward pass.

/// From `∂J/∂u` to the gradients of the input and of both parameters.
///
/// Shapes: `dU` and `x` `[n, d]`, `gamma` `[d]`; the results have the shapes of `x`, `γ`, `β`.
public func layerNormBackward(
  dU: Tensor<Double>,
  x: Tensor<Double>,
  gamma: Tensor<Double>,
  epsilon: Double
) throws -> (dX: Tensor<Double>, dGamma: Tensor<Double>, dBeta: Tensor<Double>) {
  // solution
  let (xHat, root) = try normalized(x, epsilon: epsilon)
  let dXHat = gamma * dU
  let throughMean = column(dXHat.mean(axis: 1))
  let throughVariance = xHat * column((dXHat * xHat).mean(axis: 1))
  let dX = (dXHat - throughMean - throughVariance) / root
  return (dX, (dU * xHat).sum(axis: 0), dU.sum(axis: 0))
}

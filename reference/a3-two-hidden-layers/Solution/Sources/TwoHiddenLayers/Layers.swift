import CourseKit
import TwoHiddenLayersTask

// Part 2, the two kinds of layers, forward and backward. `n` samples, `d` inputs of a layer, `m`
// outputs. `dZ` stands for ∂J/∂z, and so on: a gradient has the shape of what it belongs to.
// Use the values that you are given: they need not belong to each other, and may be of any size.

/// Lets positive numbers pass and stops the others: equation (4).
///
/// Shapes: any; the result has the shape of `z`.
public func relu(_ z: Tensor<Double>) throws -> Tensor<Double> {
  // solution
  z.maximum(0)
}

/// Backward through the ReLU: from `∂J/∂a` to `∂J/∂z`.
///
/// At exactly `z = 0` there is no derivative; whether the gradient passes there is up to you.
///
/// Shapes: `dA` and `z`, what `relu` was given, have one shape, which the result has too.
public func gradReLU(dA: Tensor<Double>, z: Tensor<Double>) throws -> Tensor<Double> {
  try requireShape(dA, z.shape)
  // solution
  return dA * z.map { $0 > 0 ? 1 : 0 }
}

/// A linear layer: equation (3).
///
/// Shapes: `x` `[n, d]`, `w` `[d, m]`, `b` `[m]`; the result is `[n, m]`.
public func linear(
  _ x: Tensor<Double>,
  w: Tensor<Double>,
  b: Tensor<Double>
) throws -> Tensor<Double> {
  try requireProduct(x, w)
  try requireShape(b, [w.shape[1]])
  // solution
  return try x.matmul(w) + b
}

/// Backward through a linear layer: from `∂J/∂z` to its input and its parameters.
///
/// Let the shapes lead you: each result has only one way to come out right.
///
/// Shapes: `dZ` `[n, m]`, `x` `[n, d]`, `w` `[d, m]`; `dX` is `[n, d]`, `dW` `[d, m]`, `dB` `[m]`.
public func gradLinear(
  dZ: Tensor<Double>,
  x: Tensor<Double>,
  w: Tensor<Double>
) throws -> (dX: Tensor<Double>, dW: Tensor<Double>, dB: Tensor<Double>) {
  try requireProduct(x, w)
  try requireShape(dZ, [x.shape[0], w.shape[1]])
  // solution
  let dX = try dZ.matmul(w.transposed())
  let dW = try x.transposed().matmul(dZ)
  let dB = dZ.sum(axis: 0)
  return (dX, dW, dB)
}

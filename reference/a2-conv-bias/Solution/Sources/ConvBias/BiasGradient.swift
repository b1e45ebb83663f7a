import ConvBiasTask
import CourseKit

// Part 3, the first of three gradients of equation (1). `dY` stands for ∂J/∂y, and so on: a
// gradient always has the shape of what it belongs to.

/// From `∂J/∂y` to `∂J/∂b`. How many of the outputs does one `b_f` reach?
///
/// Shapes: `dY` `[n, o, h', w']`; the result is `[o]`.
public func convGradBias(dY: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(["n o h' w'": dY])
  // solution
  return dY.sum(axis: 3).sum(axis: 2).sum(axis: 0)
}

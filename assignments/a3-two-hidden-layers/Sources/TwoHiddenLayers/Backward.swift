import CourseKit
import TwoHiddenLayersTask

// Part 4, the network backward: from the loss to all six parameters, layer by layer.

/// The gradients of the loss (2) of a batch with respect to all parameters.
///
/// Nothing of the forward pass is handed over but its input: compute again what you need.
///
/// Shapes: `x` `[n, d]`; `labels` holds `n` classes; each gradient has the shape of its parameter.
public func backward(
  _ x: Tensor<Double>,
  labels: [Int],
  _ p: Parameters
) throws -> Parameters {
  throw NotImplemented()
}

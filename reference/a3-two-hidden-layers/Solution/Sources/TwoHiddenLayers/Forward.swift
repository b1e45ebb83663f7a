import CourseKit
import TwoHiddenLayersTask

// Part 3, the network forward.

/// The whole network: equation (5).
///
/// Keep what you compute on the way.
///
/// Shapes: `x` `[n, d]`; those of the trace as in `Trace`.
public func forward(_ x: Tensor<Double>, _ p: Parameters) throws -> Trace {
  // solution
  let z1 = try linear(x, w: p.w1, b: p.b1)
  let a1 = try relu(z1)
  let z2 = try linear(a1, w: p.w2, b: p.b2)
  let a2 = try relu(z2)
  let logits = try linear(a2, w: p.w3, b: p.b3)
  return Trace(z1: z1, a1: a1, z2: z2, a2: a2, logits: logits)
}

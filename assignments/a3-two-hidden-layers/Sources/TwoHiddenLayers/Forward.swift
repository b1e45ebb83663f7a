import CourseKit
import TwoHiddenLayersTask

// Part 3, the network forward.

/// The whole network: equation (5).
///
/// Keep what you compute on the way.
///
/// Shapes: `x` `[n, d]`; those of the trace as in `Trace`.
public func forward(_ x: Tensor<Double>, _ p: Parameters) throws -> Trace {
  throw NotImplemented()
}

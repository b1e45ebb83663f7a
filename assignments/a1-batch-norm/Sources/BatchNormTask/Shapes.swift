import CourseKit

/// Demands that all matrices have one shape `[n, d]`, and that all vectors have the shape `[d]`.
///
/// The stubs call it in their first line, so that a wrong argument becomes an error that names both
/// shapes instead of ending the program.
///
/// - Throws: `ShapeMismatch` naming the shape that came (left) and the one expected (right).
public func requireShapes(
  matrices: Tensor<Double>...,
  vectors: Tensor<Double>...,
  operation: String = #function
) throws {
  guard let first = matrices.first else { return }
  guard first.rank == 2 else {
    throw ShapeMismatch(name(operation), first.shape, [1, first.count])
  }
  for matrix in matrices where matrix.shape != first.shape {
    throw ShapeMismatch(name(operation), matrix.shape, first.shape)
  }
  for vector in vectors where vector.shape != [first.shape[1]] {
    throw ShapeMismatch(name(operation), vector.shape, [first.shape[1]])
  }
}

/// The bare name of `gradXHat(dU:gamma:)`: `gradXHat`.
private func name(_ function: String) -> String {
  String(function.prefix { $0 != "(" })
}

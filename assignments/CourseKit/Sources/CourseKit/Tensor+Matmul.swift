extension Tensor {
  /// The matrix product.
  ///
  /// Shapes: `[n, d]` times `[d, m]` is `[n, m]`.
  ///
  /// - Throws: `ShapeMismatch` unless both are matrices and the inner extents agree.
  public func matmul(_ other: Tensor) throws -> Tensor {
    guard rank == 2, other.rank == 2, shape[1] == other.shape[0] else {
      throw ShapeMismatch("matmul", shape, other.shape)
    }
    let (rows, inner, columns) = (shape[0], shape[1], other.shape[1])
    var result = [Scalar](repeating: 0, count: rows * columns)
    for i in 0..<rows {
      for k in 0..<inner {
        let factor = scalars[i * inner + k]
        for j in 0..<columns { result[i * columns + j] += factor * other.scalars[k * columns + j] }
      }
    }
    return Tensor(shape: [rows, columns], scalars: result)
  }
}

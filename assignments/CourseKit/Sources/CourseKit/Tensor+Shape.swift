extension Tensor {
  /// The `i`-th slice along the first axis; of a matrix, row `i` with shape `[d]`.
  ///
  /// - Precondition: The rank is at least 1 and `i` is in range.
  public func row(_ i: Int) -> Tensor {
    guard rank >= 1, i >= 0, i < shape[0] else { fail("row(\(i)): no such row in shape \(shape)") }
    let rest = Array(shape.dropFirst())
    let width = elementCount(of: rest)
    return Tensor(shape: rest, scalars: Array(scalars[i * width..<(i + 1) * width]))
  }

  /// The same numbers in another shape, as in `x.reshaped(6, 4)`.
  ///
  /// - Precondition: Both shapes hold the same number of scalars.
  public func reshaped(_ shape: Int...) -> Tensor { reshaped(to: shape) }

  /// The same numbers in another shape.
  ///
  /// - Precondition: Both shapes hold the same number of scalars.
  public func reshaped(to shape: [Int]) -> Tensor {
    guard elementCount(of: shape) == count else {
      fail("reshaped: shape \(self.shape) does not fit into \(shape)")
    }
    return Tensor(shape: shape, scalars: scalars)
  }

  /// Rows and columns exchanged: `[n, d]` becomes `[d, n]`.
  ///
  /// - Precondition: The rank is 2.
  public func transposed() -> Tensor {
    guard rank == 2 else { fail("transposed: shape \(shape) is not a matrix") }
    let (rows, columns) = (shape[0], shape[1])
    var result = Tensor.zeros(columns, rows)
    for i in 0..<rows {
      for j in 0..<columns { result.scalars[j * rows + i] = scalars[i * columns + j] }
    }
    return result
  }

  /// The same numbers as another scalar type, rounded where needed.
  public func converted<Other: TensorScalar>(to type: Other.Type) -> Tensor<Other> {
    Tensor<Other>(shape: shape, scalars: scalars.map { Other($0) })
  }
}

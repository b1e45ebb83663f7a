extension Tensor {
  /// The `i`-th slice along the first axis; of a matrix, row `i` with shape `[d]`.
  ///
  /// - Precondition: The rank is at least 1 and `i` is in range.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func row(_ i: Int) -> Tensor {
    guard rank >= 1, i >= 0, i < shape[0] else { fail("row: shape \(shape) has no row \(i)") }
    let width = count / shape[0]
    return Tensor(
      shape: Array(shape.dropFirst()),
      scalars: Array(scalars[i * width..<(i + 1) * width])
    )
  }

  /// The same numbers in another shape, as in `x.reshaped(6, 4)`.
  ///
  /// - Precondition: Both shapes hold the same number of scalars.
  public func reshaped(_ shape: Int...) -> Tensor { reshaped(to: shape) }

  /// The same numbers in another shape.
  ///
  /// - Precondition: Both shapes hold the same number of scalars.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func reshaped(to shape: [Int]) -> Tensor {
    guard elementCount(of: shape) == count else {
      fail("reshaped: shape \(self.shape) does not fit into \(shape)")
    }
    return Tensor(shape: shape, scalars: scalars)
  }

  /// Rows and columns exchanged: `[n, d]` becomes `[d, n]`.
  ///
  /// - Precondition: The rank is 2.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func transposed() -> Tensor {
    guard rank == 2 else { fail("transposed: shape \(shape) is not a matrix") }
    return Tensor(shape: [shape[1], shape[0]]) { out in
      Scalar.arithmetic.transpose(rows: shape[0], columns: shape[1], storage, into: out)
    }
  }

  /// The same numbers as another scalar type, rounded where needed.
  @specialized(where Scalar == Double, Other == Float)
  @specialized(where Scalar == Float, Other == Double)
  @specialized(where Scalar == Double, Other == Double)
  @specialized(where Scalar == Float, Other == Float)
  public func converted<Other: TensorScalar>(to type: Other.Type) -> Tensor<Other> {
    Tensor<Other>(shape: shape, scalars: scalars.map { Other($0) })
  }
}

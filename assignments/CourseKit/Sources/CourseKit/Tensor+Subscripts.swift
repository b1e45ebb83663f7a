extension Tensor {
  /// One number of a vector.
  ///
  /// - Precondition: The rank is 1 and the index is in range.
  public subscript(_ i: Int) -> Scalar {
    get { scalars[offset([i])] }
    set { scalars[offset([i])] = newValue }
  }

  /// One number of a matrix: row `i`, column `j`.
  ///
  /// - Precondition: The rank is 2 and the indices are in range.
  public subscript(_ i: Int, _ j: Int) -> Scalar {
    get { scalars[offset([i, j])] }
    set { scalars[offset([i, j])] = newValue }
  }

  /// One number of a tensor with three axes.
  ///
  /// - Precondition: The rank is 3 and the indices are in range.
  public subscript(_ i: Int, _ j: Int, _ k: Int) -> Scalar {
    get { scalars[offset([i, j, k])] }
    set { scalars[offset([i, j, k])] = newValue }
  }

  /// One number of a tensor with four axes, such as sample, channel, row, column.
  ///
  /// - Precondition: The rank is 4 and the indices are in range.
  public subscript(_ i: Int, _ j: Int, _ k: Int, _ l: Int) -> Scalar {
    get { scalars[offset([i, j, k, l])] }
    set { scalars[offset([i, j, k, l])] = newValue }
  }

  private func offset(_ indices: [Int]) -> Int {
    guard indices.count == rank else {
      fail("Tensor: \(indices.count) indices \(indices) for shape \(shape)")
    }
    var offset = 0
    for (index, extent) in zip(indices, shape) {
      guard index >= 0, index < extent else {
        fail("Tensor: index \(indices) is out of range for shape \(shape)")
      }
      offset = offset * extent + index
    }
    return offset
  }
}

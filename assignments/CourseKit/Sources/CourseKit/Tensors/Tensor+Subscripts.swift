extension Tensor {
  /// One number of a vector.
  ///
  /// - Precondition: The rank is 1 and the index is in range.
  public subscript(_ i: Int) -> Scalar {
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    get { storage[offset(i)] }
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    set { storage[offset(i)] = newValue }
  }

  /// One number of a matrix: row `i`, column `j`.
  ///
  /// - Precondition: The rank is 2 and the indices are in range.
  public subscript(_ i: Int, _ j: Int) -> Scalar {
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    get { storage[offset(i, j)] }
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    set { storage[offset(i, j)] = newValue }
  }

  /// One number of a tensor with three axes.
  ///
  /// - Precondition: The rank is 3 and the indices are in range.
  public subscript(_ i: Int, _ j: Int, _ k: Int) -> Scalar {
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    get { storage[offset(i, j, k)] }
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    set { storage[offset(i, j, k)] = newValue }
  }

  /// One number of a tensor with four axes, such as sample, channel, row, column.
  ///
  /// - Precondition: The rank is 4 and the indices are in range.
  public subscript(_ i: Int, _ j: Int, _ k: Int, _ l: Int) -> Scalar {
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    get { storage[offset(i, j, k, l)] }
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    set { storage[offset(i, j, k, l)] = newValue }
  }
}

// Once more, not generic: code that is not optimized then reads an element of a `Tensor<Double>` at
// the price of an array's. In this file, because optimization ends at a file's end.
extension Tensor where Scalar == Double {
  /// One number of a vector.
  ///
  /// - Precondition: The rank is 1 and the index is in range.
  public subscript(_ i: Int) -> Double {
    get { storage[offset(i)] }
    set { storage[offset(i)] = newValue }
  }

  /// One number of a matrix: row `i`, column `j`.
  ///
  /// - Precondition: The rank is 2 and the indices are in range.
  public subscript(_ i: Int, _ j: Int) -> Double {
    get { storage[offset(i, j)] }
    set { storage[offset(i, j)] = newValue }
  }

  /// One number of a tensor with three axes.
  ///
  /// - Precondition: The rank is 3 and the indices are in range.
  public subscript(_ i: Int, _ j: Int, _ k: Int) -> Double {
    get { storage[offset(i, j, k)] }
    set { storage[offset(i, j, k)] = newValue }
  }

  /// One number of a tensor with four axes, such as sample, channel, row, column.
  ///
  /// - Precondition: The rank is 4 and the indices are in range.
  public subscript(_ i: Int, _ j: Int, _ k: Int, _ l: Int) -> Double {
    get { storage[offset(i, j, k, l)] }
    set { storage[offset(i, j, k, l)] = newValue }
  }
}

extension Tensor {
  @inline(__always)
  fileprivate func offset(_ i: Int) -> Int {
    guard rank == 1, inside(i, 0) else { failIndex([i], shape) }
    return i
  }

  @inline(__always)
  fileprivate func offset(_ i: Int, _ j: Int) -> Int {
    guard rank == 2, inside(i, 0), inside(j, 1) else { failIndex([i, j], shape) }
    return i &* shape[1] &+ j
  }

  @inline(__always)
  fileprivate func offset(_ i: Int, _ j: Int, _ k: Int) -> Int {
    guard rank == 3, inside(i, 0), inside(j, 1), inside(k, 2) else { failIndex([i, j, k], shape) }
    return (i &* shape[1] &+ j) &* shape[2] &+ k
  }

  @inline(__always)
  fileprivate func offset(_ i: Int, _ j: Int, _ k: Int, _ l: Int) -> Int {
    guard rank == 4, inside(i, 0), inside(j, 1), inside(k, 2), inside(l, 3) else {
      failIndex([i, j, k, l], shape)
    }
    return ((i &* shape[1] &+ j) &* shape[2] &+ k) &* shape[3] &+ l
  }

  // One comparison does for both ends: a negative index becomes a large unsigned number.
  @inline(__always)
  private func inside(_ index: Int, _ axis: Int) -> Bool {
    UInt(bitPattern: index) < UInt(bitPattern: shape[axis])
  }
}

@inline(never)
private func failIndex(_ indices: [Int], _ shape: [Int]) -> Never {
  guard indices.count == shape.count else {
    fail("Tensor: index \(indices) has \(indices.count) axes, shape \(shape) has \(shape.count)")
  }
  fail("Tensor: index \(indices) is out of range for shape \(shape)")
}

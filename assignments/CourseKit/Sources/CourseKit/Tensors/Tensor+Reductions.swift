extension Tensor {
  /// The sum of all elements.
  ///
  /// Sums run in blocks and are more accurate than a plain loop; the same tensor always has the
  /// same sum.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func sum() -> Scalar {
    guard count > 0 else { return 0 }
    var total: Scalar = 0
    Scalar.arithmetic.sum(outer: 1, length: count, inner: 1, storage, into: &total)
    return total
  }

  /// Sums over one axis, which disappears: over axis 0, `[n, d]` becomes `[d]`.
  ///
  /// - Precondition: The tensor has such an axis.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func sum(axis: Int) -> Tensor {
    let (outer, length, inner) = split(at: axis, "sum")
    guard length > 0 else { return Tensor(repeating: 0, shape: shape(without: axis)) }
    return Tensor(shape: shape(without: axis)) { out in
      Scalar.arithmetic.sum(outer: outer, length: length, inner: inner, storage, into: out)
    }
  }

  /// The mean over one axis, which disappears: over axis 0, `[n, d]` becomes `[d]`.
  ///
  /// - Precondition: The tensor has such an axis.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func mean(axis: Int) -> Tensor {
    let length = split(at: axis, "mean").length
    var result = sum(axis: axis)
    result /= Scalar(length)
    return result
  }

  /// The largest element along one axis, which disappears; NaN wins.
  ///
  /// - Precondition: The tensor has such an axis, and it is not empty.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func max(axis: Int) -> Tensor {
    let (outer, length, inner) = split(at: axis, "max")
    guard length > 0 else { fail("max: axis \(axis) of shape \(shape) is empty") }
    return Tensor(shape: shape(without: axis)) { out in
      Scalar.arithmetic.max(outer: outer, length: length, inner: inner, storage, into: out)
    }
  }

  /// The index of the first largest element along one axis, in row-major order of the others.
  ///
  /// For `logits` `[n, k]`, `argmax(axis: 1)` holds `n` predicted classes. NaN counts as largest.
  ///
  /// - Precondition: The tensor has such an axis, and it is not empty.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func argmax(axis: Int) -> [Int] {
    let (outer, length, inner) = split(at: axis, "argmax")
    guard length > 0 else { fail("argmax: axis \(axis) of shape \(shape) is empty") }
    let lanes = outer * inner
    return [Int](unsafeUninitializedCapacity: lanes) { buffer, initialized in
      if let out = buffer.baseAddress, lanes > 0 {
        Scalar.arithmetic.argmax(outer: outer, length: length, inner: inner, storage, into: out)
      }
      initialized = lanes
    }
  }

  /// The shape seen as three axes, the reduced one in the middle.
  @inline(__always)
  private func split(
    at axis: Int,
    _ operation: StaticString
  ) -> (outer: Int, length: Int, inner: Int) {
    guard axis >= 0, axis < rank else { failAxis(operation, axis, shape) }
    var (outer, inner) = (1, 1)
    for index in 0..<axis { outer *= shape[index] }
    for index in axis + 1..<rank { inner *= shape[index] }
    return (outer, shape[axis], inner)
  }

  @inline(__always)
  private func shape(without axis: Int) -> [Int] {
    var rest = shape
    rest.remove(at: axis)
    return rest
  }
}

@inline(never)
private func failAxis(_ operation: StaticString, _ axis: Int, _ shape: [Int]) -> Never {
  fail("\(operation): shape \(shape) has no axis \(axis)")
}

extension Tensor {
  /// The sum of all elements.
  public func sum() -> Scalar { scalars.reduce(0, +) }

  /// Sums over one axis, which disappears: over axis 0, `[n, d]` becomes `[d]`.
  ///
  /// - Precondition: The tensor has such an axis.
  public func sum(axis: Int) -> Tensor {
    reduced(axis) { lane in lane.reduce(0, +) }
  }

  /// The mean over one axis, which disappears.
  ///
  /// - Precondition: The tensor has such an axis.
  public func mean(axis: Int) -> Tensor {
    sum(axis: axis) / Scalar(shape[axis])
  }

  /// The largest element along one axis, which disappears; NaN wins.
  ///
  /// - Precondition: The tensor has such an axis, and it is not empty.
  public func max(axis: Int) -> Tensor {
    reduced(axis) { lane in lane[indexOfLargest(lane)] }
  }

  /// The index of the first largest element along one axis, in row-major order of the others.
  ///
  /// - Precondition: The tensor has such an axis, and it is not empty.
  public func argmax(axis: Int) -> [Int] {
    lanes(axis).map(indexOfLargest)
  }

  private func reduced(_ axis: Int, _ body: ([Scalar]) -> Scalar) -> Tensor {
    let scalars = lanes(axis).map(body)
    var rest = shape
    rest.remove(at: axis)
    return Tensor(shape: rest, scalars: scalars)
  }

  private func lanes(_ axis: Int) -> [[Scalar]] {
    guard axis >= 0, axis < rank else { fail("axis \(axis) does not exist in shape \(shape)") }
    let inner = elementCount(of: Array(shape[(axis + 1)...]))
    let outer = elementCount(of: Array(shape[..<axis]))
    let length = shape[axis]
    return (0..<outer * inner).map { lane in
      let start = lane / inner * length * inner + lane % inner
      return (0..<length).map { scalars[start + $0 * inner] }
    }
  }

  private func indexOfLargest(_ lane: [Scalar]) -> Int {
    guard !lane.isEmpty else { fail("max: the axis is empty in shape \(shape)") }
    var best = 0
    for index in lane.indices where lane[index] > lane[best] || lane[index].isNaN {
      best = index
      if lane[index].isNaN { break }
    }
    return best
  }
}

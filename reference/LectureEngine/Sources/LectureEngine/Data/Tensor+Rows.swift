public import CourseKit

extension Tensor where Scalar: LectureScalar {
  /// Some entries along the first axis, such as the samples of a batch, in the given order.
  ///
  /// Shapes: `n` indices into `[m, ...]` give `[n, ...]`.
  ///
  /// - Precondition: The tensor has an axis, and the indices are in range.
  public func rows(at indices: [Int]) -> Tensor {
    precondition(rank > 0, "a single number has no rows")
    for index in indices {
      precondition(index >= 0 && index < shape[0], "no row \(index) among \(shape[0])")
    }
    let row = Array(shape.dropFirst())
    var result = Tensor(unwritten: [indices.count] + row)
    Scalar.loops.gather(
      rows: indices.count,
      at: indices,
      size: row.reduce(1, *),
      scalars,
      into: &result.scalars
    )
    return result
  }
}

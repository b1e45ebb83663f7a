internal import CourseKit

extension Tensor where Scalar: LectureScalar {
  /// `[n, r, c]` with rows and columns exchanged: `[n, c, r]`.
  func swappingLastAxes() -> Tensor {
    let (samples, rows, columns) = (shape[0], shape[1], shape[2])
    var output = Tensor(unwritten: [samples, columns, rows])
    Scalar.loops.swapLastAxes(
      samples: samples,
      rows: rows,
      columns: columns,
      scalars,
      into: &output.scalars
    )
    return output
  }
}

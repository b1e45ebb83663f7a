internal import CourseKit

extension Tensor where Scalar: LectureScalar {
  /// `[n, r, c]` with rows and columns exchanged: `[n, c, r]`.
  func swappingLastAxes() -> Tensor {
    let (samples, rows, columns) = (shape[0], shape[1], shape[2])
    return Tensor(shape: [samples, columns, rows]) { output in
      read { Scalar.lectureKernels.axes.swapLast(samples, rows, columns, $0, output) }
    }
  }
}

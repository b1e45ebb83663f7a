internal import CourseKit
internal import LectureKernels

extension Tensor where Scalar: LectureScalar {
  /// 0 where `z` is negative, else what stands here: the way back through a ReLU.
  ///
  /// - Precondition: The shapes are equal.
  func masked(by z: Tensor) -> Tensor {
    precondition(z.shape == shape, "a mask of another shape")
    var output = Tensor(unwritten: shape)
    Scalar.loops.activateBackward(
      .relu,
      a: 0,
      b: 0,
      count: count,
      z.scalars,
      dOutput: scalars,
      into: &output.scalars
    )
    return output
  }
}

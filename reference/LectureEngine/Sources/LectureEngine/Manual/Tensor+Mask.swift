internal import CourseKit
internal import LectureKernels

extension Tensor where Scalar: LectureScalar {
  /// 0 where `z` is negative, else what stands here: the way back through a ReLU.
  ///
  /// - Precondition: The shapes are equal.
  func masked(by z: Tensor) -> Tensor {
    precondition(z.shape == shape, "a mask of another shape")
    return Tensor(shape: shape) { out in
      z.read { z in
        read { Scalar.lectureKernels.activations.activateBackward(.relu, 0, 0, count, z, $0, out) }
      }
    }
  }
}

public import CourseKit

/// The hot loops for one scalar type; every one is a single function of the C library.
public struct LectureKernelTable<Scalar>: Sendable {
  let activations: ActivationKernels<Scalar>
  let axes: AxisKernels<Scalar>
  let images: ImageKernels<Scalar>
  let norms: NormKernels<Scalar>
  let training: TrainingKernels<Scalar>
}

extension Float: LectureScalar {
  /// The hot loops in single precision.
  public static let lectureKernels = LectureKernelTable<Float>(
    activations: .single,
    axes: .single,
    images: .single,
    norms: .single,
    training: .single
  )
}

extension Double: LectureScalar {
  /// The hot loops in double precision.
  public static let lectureKernels = LectureKernelTable<Double>(
    activations: .double,
    axes: .double,
    images: .double,
    norms: .double,
    training: .double
  )
}

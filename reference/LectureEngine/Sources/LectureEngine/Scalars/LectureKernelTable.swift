public import CourseKit
internal import LectureKernels

/// The hot loops for one scalar type; every one is a single function of the C library.
public struct LectureKernelTable<Scalar>: Sendable {
  typealias Input = UnsafePointer<Scalar>
  typealias Output = UnsafeMutablePointer<Scalar>

  /// Convolution and pooling.
  let images: ImageKernelTable<Scalar>
  let reluBackward: @Sendable (Int, Input, Input, Output) -> Void
}

extension Float: LectureScalar {
  /// The hot loops in single precision.
  public static let lectureKernels = LectureKernelTable<Float>(
    images: .single,
    reluBackward: { lk_relu_backward_f32($0, $1, $2, $3) }
  )
}

extension Double: LectureScalar {
  /// The hot loops in double precision.
  public static let lectureKernels = LectureKernelTable<Double>(
    images: .double,
    reluBackward: { lk_relu_backward_f64($0, $1, $2, $3) }
  )
}

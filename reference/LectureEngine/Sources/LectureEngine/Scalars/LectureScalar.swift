public import CourseKit

/// A number that the lecture's layers compute with: `Float` or `Double`, and nothing else.
public protocol LectureScalar: TensorScalar {
  /// The hot loops for this type.
  static var lectureKernels: LectureKernelTable<Self> { get }
}

public import CourseKit
internal import CourseKitKernels
internal import LectureKernels

/// The hot loops for one scalar type; every one is a single function of the C library.
public struct LectureKernelTable<Scalar>: Sendable {
  fileprivate let loops: any HotLoops<Scalar>.Type
}

extension LectureScalar {
  /// To be asked for anew for every call, which is counted.
  static var loops: any HotLoops<Self>.Type {
    ck_note_call()
    return lectureKernels.loops
  }
}

extension Float: LectureScalar {
  /// The hot loops in single precision.
  public static var lectureKernels: LectureKernelTable<Float> {
    LectureKernelTable(loops: lk_f32.self)
  }
}

extension Double: LectureScalar {
  /// The hot loops in double precision.
  public static var lectureKernels: LectureKernelTable<Double> {
    LectureKernelTable(loops: lk_f64.self)
  }
}

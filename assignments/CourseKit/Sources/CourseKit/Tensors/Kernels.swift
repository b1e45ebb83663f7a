internal import CourseKitKernels

/// The arithmetic of one scalar type, chosen for the machine's instruction set.
public struct Kernels<Scalar>: Sendable {
  fileprivate let functions: any Arithmetic<Scalar>.Type
}

extension TensorScalar {
  /// To be asked for anew for every call, which is counted.
  static var arithmetic: any Arithmetic<Self>.Type {
    ck_note_call()
    return kernels.functions
  }
}

extension Float: TensorScalar {
  /// The arithmetic in single precision.
  public static var kernels: Kernels<Float> { Kernels(functions: ck_f32.self) }
}

extension Double: TensorScalar {
  /// The arithmetic in double precision.
  public static var kernels: Kernels<Double> { Kernels(functions: ck_f64.self) }
}

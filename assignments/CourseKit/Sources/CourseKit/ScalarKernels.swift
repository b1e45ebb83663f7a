internal import Glibc

extension Float: TensorScalar {
  /// The kernels in single precision.
  public static let kernels = Kernels<Float>(exp: { expf($0) }, log: { logf($0) })
}

extension Double: TensorScalar {
  /// The kernels in double precision.
  public static let kernels = Kernels<Double>(exp: { Glibc.exp($0) }, log: { Glibc.log($0) })
}

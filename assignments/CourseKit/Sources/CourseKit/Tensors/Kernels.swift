internal import CourseKitKernels

/// The arithmetic of one scalar type, chosen for the machine's instruction set.
public struct Kernels<Scalar>: Sendable {
  typealias Input = UnsafePointer<Scalar>
  typealias Output = UnsafeMutablePointer<Scalar>

  let matmul:
    @Sendable (Bool, Bool, Int, Int, Int, Input, Int, Input, Int, Bool, Output, Int) -> Bool
  let combine: @Sendable (ck_operation, Int, Input, Int, Input, Int, Output) -> Void
  let broadcast:
    @Sendable (
      ck_operation, Int, UnsafePointer<Int>, Input, UnsafePointer<Int>, Input, UnsafePointer<Int>,
      Output
    ) -> Void
  let apply: @Sendable (ck_function, Int, Input, Output) -> Void
  let clampBelow: @Sendable (Int, Input, Scalar, Output) -> Void
  let sum: @Sendable (Int, Int, Int, Input, Output) -> Void
  let max: @Sendable (Int, Int, Int, Input, Output) -> Void
  let argmax: @Sendable (Int, Int, Int, Input, UnsafeMutablePointer<Int>) -> Void
  let transpose: @Sendable (Int, Int, Input, Output) -> Void
}

extension Float: TensorScalar {
  /// The arithmetic in single precision.
  public static let kernels = Kernels<Float>(
    matmul: { ck_matmul_f32($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) },
    combine: { ck_combine_f32($0, $1, $2, $3, $4, $5, $6) },
    broadcast: { ck_broadcast_f32($0, $1, $2, $3, $4, $5, $6, $7) },
    apply: { ck_apply_f32($0, $1, $2, $3) },
    clampBelow: { ck_clamp_below_f32($0, $1, $2, $3) },
    sum: { ck_sum_f32($0, $1, $2, $3, $4) },
    max: { ck_max_f32($0, $1, $2, $3, $4) },
    argmax: { ck_argmax_f32($0, $1, $2, $3, $4) },
    transpose: { ck_transpose_f32($0, $1, $2, $3) }
  )
}

extension Double: TensorScalar {
  /// The arithmetic in double precision.
  public static let kernels = Kernels<Double>(
    matmul: { ck_matmul_f64($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) },
    combine: { ck_combine_f64($0, $1, $2, $3, $4, $5, $6) },
    broadcast: { ck_broadcast_f64($0, $1, $2, $3, $4, $5, $6, $7) },
    apply: { ck_apply_f64($0, $1, $2, $3) },
    clampBelow: { ck_clamp_below_f64($0, $1, $2, $3) },
    sum: { ck_sum_f64($0, $1, $2, $3, $4) },
    max: { ck_max_f64($0, $1, $2, $3, $4) },
    argmax: { ck_argmax_f64($0, $1, $2, $3, $4) },
    transpose: { ck_transpose_f64($0, $1, $2, $3) }
  )
}

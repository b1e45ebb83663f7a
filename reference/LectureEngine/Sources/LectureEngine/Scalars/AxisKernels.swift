internal import LectureKernels

/// Numbers moved to other places.
struct AxisKernels<Scalar>: Sendable {
  typealias Input = UnsafePointer<Scalar>
  typealias Output = UnsafeMutablePointer<Scalar>

  let swapLast: @Sendable (Int, Int, Int, Input, Output) -> Void
  let subsample: @Sendable (Int, Int, Int, Int, Int, Int, Input, Output) -> Void
  let subsampleBackward: @Sendable (Int, Int, Int, Int, Int, Int, Input, Output) -> Void
}

extension AxisKernels<Float> {
  static let single = AxisKernels(
    swapLast: { lk_swap_last_axes_f32($0, $1, $2, $3, $4) },
    subsample: { lk_subsample_f32($0, $1, $2, $3, $4, $5, $6, $7) },
    subsampleBackward: { lk_subsample_backward_f32($0, $1, $2, $3, $4, $5, $6, $7) }
  )
}

extension AxisKernels<Double> {
  static let double = AxisKernels(
    swapLast: { lk_swap_last_axes_f64($0, $1, $2, $3, $4) },
    subsample: { lk_subsample_f64($0, $1, $2, $3, $4, $5, $6, $7) },
    subsampleBackward: { lk_subsample_backward_f64($0, $1, $2, $3, $4, $5, $6, $7) }
  )
}

internal import LectureKernels

/// Axes in another order.
struct AxisKernels<Scalar>: Sendable {
  typealias Input = UnsafePointer<Scalar>
  typealias Output = UnsafeMutablePointer<Scalar>

  let swapLast: @Sendable (Int, Int, Int, Input, Output) -> Void
}

extension AxisKernels<Float> {
  static let single = AxisKernels(swapLast: { lk_swap_last_axes_f32($0, $1, $2, $3, $4) })
}

extension AxisKernels<Double> {
  static let double = AxisKernels(swapLast: { lk_swap_last_axes_f64($0, $1, $2, $3, $4) })
}

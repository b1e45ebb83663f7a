internal import LectureKernels

/// Functions of single elements, forward and backward.
struct ActivationKernels<Scalar>: Sendable {
  typealias Input = UnsafePointer<Scalar>
  typealias Output = UnsafeMutablePointer<Scalar>

  let activate: @Sendable (lk_activation, Scalar, Scalar, Int, Input, Output) -> Void
  let activateBackward: @Sendable (lk_activation, Scalar, Scalar, Int, Input, Input, Output) -> Void
}

extension ActivationKernels<Float> {
  static let single = ActivationKernels(
    activate: { lk_activate_f32($0, $1, $2, $3, $4, $5) },
    activateBackward: { lk_activate_backward_f32($0, $1, $2, $3, $4, $5, $6) }
  )
}

extension ActivationKernels<Double> {
  static let double = ActivationKernels(
    activate: { lk_activate_f64($0, $1, $2, $3, $4, $5) },
    activateBackward: { lk_activate_backward_f64($0, $1, $2, $3, $4, $5, $6) }
  )
}

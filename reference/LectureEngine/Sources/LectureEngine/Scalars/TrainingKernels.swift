internal import LectureKernels

/// Losses, output layers and the step of gradient descent.
struct TrainingKernels<Scalar>: Sendable {
  typealias Input = UnsafePointer<Scalar>
  typealias Output = UnsafeMutablePointer<Scalar>

  let softmax: @Sendable (Int, Int, Input, Output) -> Void
  let softmaxBackward: @Sendable (Int, Int, Input, Input, Output) -> Void
  let softmaxCrossEntropy:
    @Sendable (Int, Int, Input, UnsafePointer<Int>, Scalar, Output, Output) -> Void
  let squaredDistances: @Sendable (Int, Int, Int, Input, Input, Output) -> Void
  let squaredDistancesBackward:
    @Sendable (Int, Int, Int, Input, Input, Input, Output, Output) -> Void
  let lookUp: @Sendable (Int, Int, UnsafePointer<UInt8>, Input, Output) -> Void
  let descend: @Sendable (Int, Scalar, Input, Output) -> Void
  let descendWithMomentum: @Sendable (Int, Scalar, Scalar, Scalar, Input, Output, Output) -> Void
}

extension TrainingKernels<Float> {
  static let single = TrainingKernels(
    softmax: { lk_softmax_f32($0, $1, $2, $3) },
    softmaxBackward: { lk_softmax_backward_f32($0, $1, $2, $3, $4) },
    softmaxCrossEntropy: { lk_softmax_cross_entropy_f32($0, $1, $2, $3, $4, $5, $6) },
    squaredDistances: { lk_squared_distances_f32($0, $1, $2, $3, $4, $5) },
    squaredDistancesBackward: {
      lk_squared_distances_backward_f32($0, $1, $2, $3, $4, $5, $6, $7)
    },
    lookUp: { lk_look_up_f32($0, $1, $2, $3, $4) },
    descend: { lk_descend_f32($0, $1, $2, $3) },
    descendWithMomentum: { lk_descend_with_momentum_f32($0, $1, $2, $3, $4, $5, $6) }
  )
}

extension TrainingKernels<Double> {
  static let double = TrainingKernels(
    softmax: { lk_softmax_f64($0, $1, $2, $3) },
    softmaxBackward: { lk_softmax_backward_f64($0, $1, $2, $3, $4) },
    softmaxCrossEntropy: { lk_softmax_cross_entropy_f64($0, $1, $2, $3, $4, $5, $6) },
    squaredDistances: { lk_squared_distances_f64($0, $1, $2, $3, $4, $5) },
    squaredDistancesBackward: {
      lk_squared_distances_backward_f64($0, $1, $2, $3, $4, $5, $6, $7)
    },
    lookUp: { lk_look_up_f64($0, $1, $2, $3, $4) },
    descend: { lk_descend_f64($0, $1, $2, $3) },
    descendWithMomentum: { lk_descend_with_momentum_f64($0, $1, $2, $3, $4, $5, $6) }
  )
}

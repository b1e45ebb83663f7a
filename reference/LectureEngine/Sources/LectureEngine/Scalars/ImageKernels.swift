internal import LectureKernels

/// The hot loops of convolution and pooling for one scalar type.
struct ImageKernels<Scalar>: Sendable {
  typealias Input = UnsafePointer<Scalar>
  typealias Output = UnsafeMutablePointer<Scalar>
  typealias Convolution = UnsafePointer<lk_convolution>
  typealias Window = UnsafePointer<lk_window>

  let convolve: @Sendable (Convolution, Input, Input, Input?, Output) -> Bool
  let inputGradient: @Sendable (Convolution, Input, Input, Output) -> Bool
  let weightGradient: @Sendable (Convolution, Input, Input, Output) -> Bool
  let addToChannels: @Sendable (Int, Int, Int, Input, Output) -> Void
  let maxPool: @Sendable (Int, Window, Input, Output, UnsafeMutablePointer<Int32>) -> Void
  let unpool: @Sendable (Int, Window, Input, UnsafePointer<Int32>, Output) -> Void
  let averagePool: @Sendable (Int, Window, Bool, Input, Output) -> Void
  let averagePoolGradient: @Sendable (Int, Window, Bool, Input, Output) -> Void
  let shift: @Sendable (Int, Int, Int, Int, Int, Int, Int, Input, Output) -> Void
}

extension ImageKernels<Float> {
  static let single = ImageKernels(
    convolve: { lk_convolve_f32($0, $1, $2, $3, $4) },
    inputGradient: { lk_convolve_input_gradient_f32($0, $1, $2, $3) },
    weightGradient: { lk_convolve_weight_gradient_f32($0, $1, $2, $3) },
    addToChannels: { lk_add_to_channels_f32($0, $1, $2, $3, $4) },
    maxPool: { lk_max_pool_f32($0, $1, $2, $3, $4) },
    unpool: { lk_unpool_f32($0, $1, $2, $3, $4) },
    averagePool: { lk_average_pool_f32($0, $1, $2, $3, $4) },
    averagePoolGradient: { lk_average_pool_gradient_f32($0, $1, $2, $3, $4) },
    shift: { lk_shift_f32($0, $1, $2, $3, $4, $5, $6, $7, $8) }
  )
}

extension ImageKernels<Double> {
  static let double = ImageKernels(
    convolve: { lk_convolve_f64($0, $1, $2, $3, $4) },
    inputGradient: { lk_convolve_input_gradient_f64($0, $1, $2, $3) },
    weightGradient: { lk_convolve_weight_gradient_f64($0, $1, $2, $3) },
    addToChannels: { lk_add_to_channels_f64($0, $1, $2, $3, $4) },
    maxPool: { lk_max_pool_f64($0, $1, $2, $3, $4) },
    unpool: { lk_unpool_f64($0, $1, $2, $3, $4) },
    averagePool: { lk_average_pool_f64($0, $1, $2, $3, $4) },
    averagePoolGradient: { lk_average_pool_gradient_f64($0, $1, $2, $3, $4) },
    shift: { lk_shift_f64($0, $1, $2, $3, $4, $5, $6, $7, $8) }
  )
}

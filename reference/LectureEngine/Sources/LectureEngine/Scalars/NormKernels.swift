internal import LectureKernels

/// Normalization over the batch, seen as `[n, c, s]`, and over rows, seen as `[n, d]`.
struct NormKernels<Scalar>: Sendable {
  typealias Input = UnsafePointer<Scalar>
  typealias Output = UnsafeMutablePointer<Scalar>

  let batchStatistics: @Sendable (Int, Int, Int, Input, Output, Output) -> Void
  let batchNorm: @Sendable (Int, Int, Int, Input, Input, Input, Input, Input, Output) -> Void
  let batchNormSums: @Sendable (Int, Int, Int, Input, Input, Input, Input, Output, Output) -> Void
  let batchNormBackward:
    @Sendable (
      Int, Int, Int, Input, Input, Input, Input, Input, Input, Input, Bool, Output
    ) -> Void
  let layerNorm: @Sendable (Int, Int, Scalar, Input, Input, Input, Output, Output, Output) -> Void
  let layerNormBackward:
    @Sendable (Int, Int, Input, Input, Input, Input, Input, Output, Output, Output) -> Void
}

extension NormKernels<Float> {
  static let single = NormKernels(
    batchStatistics: { lk_batch_statistics_f32($0, $1, $2, $3, $4, $5) },
    batchNorm: { lk_batch_norm_f32($0, $1, $2, $3, $4, $5, $6, $7, $8) },
    batchNormSums: { lk_batch_norm_sums_f32($0, $1, $2, $3, $4, $5, $6, $7, $8) },
    batchNormBackward: {
      lk_batch_norm_backward_f32($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    },
    layerNorm: { lk_layer_norm_f32($0, $1, $2, $3, $4, $5, $6, $7, $8) },
    layerNormBackward: { lk_layer_norm_backward_f32($0, $1, $2, $3, $4, $5, $6, $7, $8, $9) }
  )
}

extension NormKernels<Double> {
  static let double = NormKernels(
    batchStatistics: { lk_batch_statistics_f64($0, $1, $2, $3, $4, $5) },
    batchNorm: { lk_batch_norm_f64($0, $1, $2, $3, $4, $5, $6, $7, $8) },
    batchNormSums: { lk_batch_norm_sums_f64($0, $1, $2, $3, $4, $5, $6, $7, $8) },
    batchNormBackward: {
      lk_batch_norm_backward_f64($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    },
    layerNorm: { lk_layer_norm_f64($0, $1, $2, $3, $4, $5, $6, $7, $8) },
    layerNormBackward: { lk_layer_norm_backward_f64($0, $1, $2, $3, $4, $5, $6, $7, $8, $9) }
  )
}

internal import LectureKernels

/// Normalization over the batch and over rows.
protocol NormKernels: ScalarKernels {
  static func batchStatistics(_ batch: lk_batch, _ x: Input, mean: Output, variance: Output)

  static func batchNorm(
    _ batch: lk_batch,
    _ x: Input,
    mean: Input,
    scale: Input,
    weight: Input,
    bias: Input,
    into y: Output
  )

  static func batchNormSums(
    _ batch: lk_batch,
    _ x: Input,
    mean: Input,
    scale: Input,
    dOutput: Input,
    dWeight: Output,
    dBias: Output
  )

  static func batchNormBackward(
    _ batch: lk_batch,
    _ x: Input,
    mean: Input,
    scale: Input,
    weight: Input,
    dOutput: Input,
    dWeight: Input,
    dBias: Input,
    ofTheBatch: Bool,
    into dInput: Output
  )

  static func layerNorm(
    rows: Int,
    features: Int,
    epsilon: Scalar,
    _ x: Input,
    weight: Input,
    bias: Input,
    into y: Output,
    mean: Output,
    scale: Output
  )

  static func layerNormBackward(
    rows: Int,
    features: Int,
    _ x: Input,
    mean: Input,
    scale: Input,
    weight: Input,
    dOutput: Input,
    into dInput: Output,
    dWeight: Output,
    dBias: Output
  )
}

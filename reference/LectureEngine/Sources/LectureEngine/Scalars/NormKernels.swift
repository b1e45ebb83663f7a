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

  static func batchNormInTraining(
    _ batch: lk_batch,
    epsilon: Scalar,
    _ x: Input,
    weight: Input,
    bias: Input,
    into y: Output,
    mean: Output,
    variance: Output,
    scale: Output
  )

  static func batchNormBackward(
    _ batch: lk_batch,
    _ x: Input,
    mean: Input,
    scale: Input,
    weight: Input,
    dOutput: Input,
    ofTheBatch: Bool,
    into dInput: Output,
    dWeight: Output,
    dBias: Output
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

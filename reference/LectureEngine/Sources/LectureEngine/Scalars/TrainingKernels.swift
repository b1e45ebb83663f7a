/// Losses, output layers and the step of gradient descent.
protocol TrainingKernels: ScalarKernels {
  static func softmax(rows: Int, classes: Int, _ logits: Input, into out: Output)

  static func softmaxBackward(rows: Int, classes: Int, _ y: Input, dOutput: Input, into dx: Output)

  static func softmaxCrossEntropy(
    rows: Int,
    classes: Int,
    _ logits: Input,
    labels: UnsafePointer<Int>,
    weight: Scalar,
    losses: Output,
    dLogits: Output
  )

  static func squaredDistances(
    rows: Int,
    features: Int,
    classes: Int,
    _ x: Input,
    centers: Input,
    into y: Output
  )

  static func squaredDistancesBackward(
    rows: Int,
    features: Int,
    classes: Int,
    _ x: Input,
    centers: Input,
    dOutput: Input,
    into dInput: Output,
    dCenters: Output
  )

  static func descend(
    rows: Int,
    columns: Int,
    rate: Scalar,
    gradient: Input,
    weight: Output
  )

  static func descend(
    samples: Int,
    inputs: Int,
    outputs: Int,
    rate: Scalar,
    _ x: Input,
    dOutput: Input,
    weight: Output
  ) -> Bool

  static func descendWithMomentum(
    rows: Int,
    columns: Int,
    rate: Scalar,
    momentum: Scalar,
    decay: Scalar,
    gradient: Input,
    velocity: Output,
    weight: Output
  )

  static func lookUp(
    images: Int,
    at indices: UnsafePointer<Int>,
    channels: Int,
    plane: Int,
    _ bytes: UnsafePointer<UInt8>,
    table: Input,
    into out: Output
  )

  static func gather(
    rows: Int,
    at indices: UnsafePointer<Int>,
    size: Int,
    _ input: Input,
    into out: Output
  )
}

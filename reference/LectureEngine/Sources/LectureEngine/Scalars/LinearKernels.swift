internal import LectureKernels

/// A fully connected layer.
protocol LinearKernels: ScalarKernels {
  static func linear(
    _ sizes: lk_matrices,
    _ x: Input,
    weight: Input,
    bias: Input?,
    into y: Output
  ) -> Bool

  static func linearGradients(
    _ sizes: lk_matrices,
    _ x: Input,
    weight: Input,
    dOutput: Input,
    ofInput: Bool,
    ofBias: Bool,
    dInput: Output,
    dWeight: Output,
    dBias: Output
  ) -> Bool
}

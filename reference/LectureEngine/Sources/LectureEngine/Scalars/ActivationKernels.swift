internal import LectureKernels

/// Functions of single elements, forward and backward.
protocol ActivationKernels: ScalarKernels {
  static func activate(
    _ function: lk_activation,
    a: Scalar,
    b: Scalar,
    count: Int,
    _ input: Input,
    into out: Output
  )

  static func activateBackward(
    _ function: lk_activation,
    a: Scalar,
    b: Scalar,
    count: Int,
    _ input: Input,
    dOutput: Input,
    into dInput: Output
  )
}

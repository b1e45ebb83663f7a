internal import LectureKernels

/// The hot loops of convolution and pooling.
protocol ImageKernels: ScalarKernels {
  typealias Convolution = UnsafePointer<lk_convolution>
  typealias Window = UnsafePointer<lk_window>

  static func convolve(
    _ sizes: Convolution,
    _ input: Input,
    weight: Input,
    bias: Input?,
    into out: Output
  ) -> Bool

  static func convolveAndNormalize(
    _ sizes: Convolution,
    _ input: Input,
    weight: Input,
    bias: Input?,
    mean: Input,
    scale: Input,
    shift: Input,
    addend: Input?,
    rectifies: Bool,
    into out: Output
  ) -> Bool

  static func convolutionGradients(
    _ sizes: Convolution,
    _ input: Input,
    weight: Input,
    dOutput: Input,
    ofInput: Bool,
    ofBias: Bool,
    dInput: Output,
    dWeight: Output,
    dBias: Output
  ) -> Bool

  static func convolveTransposed(
    _ sizes: Convolution,
    _ input: Input,
    weight: Input,
    bias: Input?,
    into out: Output
  ) -> Bool

  static func transposedGradients(
    _ sizes: Convolution,
    _ input: Input,
    weight: Input,
    dOutput: Input,
    ofBias: Bool,
    dInput: Output,
    dWeight: Output,
    dBias: Output
  ) -> Bool

  static func maxPool(
    planes: Int,
    window: Window,
    _ input: Input,
    into out: Output,
    switches: UnsafeMutablePointer<Int32>
  )

  static func unpool(
    planes: Int,
    window: Window,
    _ values: Input,
    switches: UnsafePointer<Int32>,
    into image: Output
  )

  static func averagePool(
    planes: Int,
    window: Window,
    countsPadding: Bool,
    _ input: Input,
    into out: Output
  )

  static func averagePoolGradient(
    planes: Int,
    window: Window,
    countsPadding: Bool,
    dOutput: Input,
    into dInput: Output
  )

  static func shift(
    planes: Int,
    height: Int,
    width: Int,
    toHeight: Int,
    width toWidth: Int,
    top: Int,
    left: Int,
    _ input: Input,
    into out: Output
  )
}

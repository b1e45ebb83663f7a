/// Numbers moved to other places.
protocol AxisKernels: ScalarKernels {
  static func swapLastAxes(samples: Int, rows: Int, columns: Int, _ input: Input, into out: Output)

  static func subsample(
    samples: Int,
    channels: Int,
    outputs: Int,
    height: Int,
    width: Int,
    stride: Int,
    _ input: Input,
    into out: Output
  )

  static func subsampleBackward(
    samples: Int,
    channels: Int,
    outputs: Int,
    height: Int,
    width: Int,
    stride: Int,
    _ dOutput: Input,
    into dInput: Output
  )
}

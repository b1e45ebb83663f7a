public import CourseKit

extension Conv2d {
  /// A layer whose parameters are drawn, the filters first.
  ///
  /// - Parameters:
  ///   - inputs: The number of input channels.
  ///   - outputs: The number of output channels.
  ///   - kernel: The size of the filters, in pixels.
  ///   - stride: How far the window moves, in pixels.
  ///   - padding: How many zeros stand on each side of the image.
  ///   - groups: How many parts the channels are split into.
  ///   - hasBias: Whether there are biases.
  ///   - initializer: Where the parameters start.
  ///   - generator: Draws the numbers.
  /// - Throws: `ShapeMismatch` unless sizes are positive and groups divide the channels.
  /// - Precondition: The stride is positive and the padding not negative.
  public init(
    inputs: Int,
    outputs: Int,
    kernel: Extent,
    stride: Extent = 1,
    padding: Extent = 0,
    groups: Int = 1,
    hasBias: Bool = true,
    _ initializer: Initializer,
    using generator: inout Generator
  ) throws {
    guard groups > 0, inputs % groups == 0, min(inputs, outputs) > 0,
      min(kernel.height, kernel.width) > 0
    else {
      throw ShapeMismatch("conv2d, channels and groups", [inputs, outputs], [groups])
    }
    let shape = [outputs, inputs / groups, kernel.height, kernel.width]
    let weight: Tensor<Scalar> = initializer.weights(shape: shape, using: &generator)
    let bias: Tensor<Scalar>? =
      hasBias ? initializer.biases(count: outputs, using: &generator) : nil
    try self.init(
      weight: weight,
      bias: bias,
      stride: stride,
      padding: padding,
      groups: groups
    )
  }
}

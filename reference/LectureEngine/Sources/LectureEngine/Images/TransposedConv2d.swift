public import CourseKit

/// The transposed convolution: every input paints its filter, scaled, into the output.
///
/// With the same weight, stride and padding it is the exact adjoint `Aᵀ` of the convolution `A`:
/// `⟨A x, y⟩ = ⟨x, Aᵀ y⟩`. It undoes the change of size, not the convolution itself.
///
/// Shapes: `x` `[n, c, h, w]`, `W` `[c, out / groups, kh, kw]`, `b` `[out]`; the output is
/// `[n, out, h', w']` with `h' = (h − 1) stride − 2 padding + kh + outputPadding` and `w'`
/// likewise. An empty batch has an empty output. NaN reaches every output that it paints into.
public struct TransposedConv2d<Scalar: LectureScalar>: Layer {
  /// The filters, `[c, out / groups, kh, kw]`: as the convolution from the output has them.
  public var weight: Tensor<Scalar>
  /// The biases, `[out]`, or nil.
  public var bias: Tensor<Scalar>?
  /// The filter's window, as it slides over the output.
  public let window: Window
  /// Rows and columns of the output that the last window leaves uncovered, less than the stride.
  public let outputPadding: Extent
  /// The number of parts into which the channels are split.
  public let groups: Int

  /// The input, and the sizes that were found to fit.
  public struct Cache: Sendable {
    fileprivate let input: Tensor<Scalar>
    fileprivate let plan: ConvolutionPlan
  }

  /// A layer with the given parameters.
  ///
  /// - Throws: `ShapeMismatch` unless the weight has four axes, none of them empty, an output for
  ///   each bias, and as many inputs for each group.
  /// - Precondition: The stride is positive and the padding not negative; `outputPadding` is less
  ///   than the stride and not negative.
  public init(
    weight: Tensor<Scalar>,
    bias: Tensor<Scalar>?,
    stride: Extent = 1,
    padding: Extent = 0,
    outputPadding: Extent = 0,
    groups: Int = 1
  ) throws {
    guard weight.rank == 4, weight.count > 0, groups > 0, weight.shape[0] % groups == 0,
      bias.map({ $0.shape == [weight.shape[1] * groups] }) ?? true
    else {
      throw ShapeMismatch("transposed conv2d, weight and bias", weight.shape, bias?.shape ?? [])
    }
    precondition(
      (0..<stride.height).contains(outputPadding.height)
        && (0..<stride.width).contains(outputPadding.width),
      "TransposedConv2d: output padding \(outputPadding), stride \(stride)"
    )
    self.weight = weight
    self.bias = bias
    self.outputPadding = outputPadding
    self.groups = groups
    window = Window(
      kernel: Extent(weight.shape[2], weight.shape[3]),
      stride: stride,
      padding: padding
    )
  }

  /// Paints the scaled filters into the output.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has four axes, the weight's channels, and an output.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    let operation = "transposed conv2d"
    guard input.rank == 4, input.shape[1] == weight.shape[0] else {
      throw ShapeMismatch(operation, input.shape, weight.shape)
    }
    let extent = outputExtent(of: Extent(input.shape[2], input.shape[3]))
    let plan = try ConvolutionPlan(
      operation,
      input: [input.shape[0], weight.shape[1] * groups, extent.height, extent.width],
      weight: weight.shape,
      window: window,
      groups: groups
    )
    try plan.check(operation, dOutput: input.shape)
    return (
      plan.transposed(input, weight: weight, bias: bias),
      Cache(input: input, plan: plan)
    )
  }

  /// Computes the gradients: `dx` is the convolution of `dy`.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let plan = cache.plan
    guard dOutput.shape == plan.inputShape else {
      throw ShapeMismatch("transposed conv2d, backward", dOutput.shape, plan.inputShape)
    }
    let (dInput, dWeight, dBias) = plan.transposedGradients(
      cache.input,
      weight: weight,
      dOutput: dOutput,
      ofBias: bias != nil
    )
    return (dInput, Gradients(weight: dWeight, bias: bias == nil ? nil : dBias))
  }

  /// Lends `weight` and, where there is one, `bias`.
  public mutating func visitParameters(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    try visit("weight", &weight)
    try visitBias(&bias, visit)
  }

  private func outputExtent(of input: Extent) -> Extent {
    Extent(
      (input.height - 1) * window.stride.height - 2 * window.padding.height
        + window.kernel.height + outputPadding.height,
      (input.width - 1) * window.stride.width - 2 * window.padding.width
        + window.kernel.width + outputPadding.width
    )
  }
}

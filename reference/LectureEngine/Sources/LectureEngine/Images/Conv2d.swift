public import CourseKit

/// A convolution over images: each output channel is one filter that spans all input channels.
///
/// `y[o, i, j] = b[o] + Σ W[o, c, p, q] x[c, i s + p − padding, j s + q − padding]`, the sum over
/// `c`, `p` and `q`; the filter is not flipped. With groups, the channels are split into that many
/// parts that do not see each other; as many groups as channels make a depthwise convolution.
///
/// Shapes: `x` `[n, c, h, w]`, `W` `[out, c / groups, kh, kw]`, `b` `[out]`; the output is
/// `[n, out, h', w']` with `h' = ⌊(h + 2 padding − kh) / stride⌋ + 1` and `w'` likewise. An empty
/// batch has an empty output. NaN reaches every output whose window it is in.
public struct Conv2d<Scalar: LectureScalar>: Layer {
  /// The filters, `[out, c / groups, kh, kw]`.
  public var weight: Tensor<Scalar>
  /// The biases, `[out]`; nil where another layer follows that has its own, such as batch norm.
  public var bias: Tensor<Scalar>?
  /// The filter's window.
  public let window: Window
  /// The number of parts into which the channels are split.
  public let groups: Int

  /// The input, and the sizes that were found to fit.
  public struct Cache: Sendable {
    fileprivate let input: Tensor<Scalar>
    fileprivate let plan: ConvolutionPlan
  }

  /// A layer with the given parameters.
  ///
  /// - Throws: `ShapeMismatch` unless the weight has four axes, none of them empty, a filter for
  ///   each bias, and as many filters for each group.
  /// - Precondition: The stride is positive and the padding not negative.
  public init(
    weight: Tensor<Scalar>,
    bias: Tensor<Scalar>?,
    stride: Extent = 1,
    padding: Extent = 0,
    groups: Int = 1
  ) throws {
    guard weight.rank == 4, weight.count > 0, groups > 0, weight.shape[0] % groups == 0,
      bias.map({ $0.shape == [weight.shape[0]] }) ?? true
    else { throw ShapeMismatch("conv2d, weight and bias", weight.shape, bias?.shape ?? []) }
    self.weight = weight
    self.bias = bias
    self.groups = groups
    window = Window(
      kernel: Extent(weight.shape[2], weight.shape[3]),
      stride: stride,
      padding: padding
    )
  }

  /// Slides the filters over the images.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has four axes, the weight's channels, and room for
  ///   the window.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    let plan = try plan(for: input.shape)
    return (
      plan.output(input, weight: weight, bias: bias),
      Cache(input: input, plan: plan)
    )
  }

  /// Computes the gradients: `dx` by the transposed filters, `dW` by sliding `dy` over the input.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    try gradients(dOutput, cache, ofInput: true)
  }

  /// Computes `dW` and `db` alone.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func parameterGradients(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> Gradients<Scalar> {
    try gradients(dOutput, cache, ofInput: false).gradients
  }

  private func gradients(
    _ dOutput: Tensor<Scalar>,
    _ cache: Cache,
    ofInput: Bool
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    try cache.plan.check("conv2d, backward", dOutput: dOutput.shape)
    let (dInput, dWeight, dBias) = cache.plan.gradients(
      cache.input,
      weight: weight,
      dOutput: dOutput,
      ofInput: ofInput,
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

  /// The transposed filters alone, from the shape of the output to that of the input.
  ///
  /// - Throws: `ShapeMismatch` when `values` has another shape than the output.
  public func transposed(_ values: Tensor<Scalar>, cache: Cache) throws -> Tensor<Scalar> {
    try cache.plan.check("conv2d, transposed", dOutput: values.shape)
    return cache.plan.transposed(values, weight: weight, bias: nil)
  }

  func plan(for input: [Int]) throws -> ConvolutionPlan {
    try ConvolutionPlan(
      "conv2d",
      input: input,
      weight: weight.shape,
      window: window,
      groups: groups
    )
  }
}

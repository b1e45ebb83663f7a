public import CourseKit

/// A convolution over sequences: each output channel is one filter that spans all input channels.
///
/// `y[o, i] = b[o] + Σ W[o, c, p] x[c, i s + p − padding]`, the sum over `c` and `p`; the filter is
/// not flipped. A filter of length 1 is a linear layer over the channels.
///
/// Shapes: `x` `[n, c, l]`, `W` `[out, c / groups, k]`, `b` `[out]`; the output is `[n, out, l']`
/// with `l' = ⌊(l + 2 padding − k) / stride⌋ + 1`. An empty batch has an empty output. NaN reaches
/// every output whose window it is in.
public struct Conv1d<Scalar: LectureScalar>: Layer {
  /// The filters, `[out, c / groups, k]`.
  public var weight: Tensor<Scalar>
  /// The biases, `[out]`; nil where another layer follows that has its own, such as batch norm.
  public var bias: Tensor<Scalar>?
  /// The step of the filter from one output to the next.
  public let stride: Int
  /// The number of zeros on each side of the sequence.
  public let padding: Int
  /// The number of parts into which the channels are split.
  public let groups: Int
  /// The filter's window, as it slides over images of height 1.
  private let window: Window

  /// The input as images of height 1, and the sizes that were found to fit.
  public struct Cache: Sendable {
    fileprivate let input: Tensor<Scalar>
    fileprivate let plan: ConvolutionPlan
  }

  /// A layer with the given parameters.
  ///
  /// - Throws: `ShapeMismatch` unless the weight has three axes, none of them empty, a filter for
  ///   each bias, and as many filters for each group.
  /// - Precondition: The stride is positive and the padding not negative.
  public init(
    weight: Tensor<Scalar>,
    bias: Tensor<Scalar>?,
    stride: Int = 1,
    padding: Int = 0,
    groups: Int = 1
  ) throws {
    guard weight.rank == 3, weight.count > 0, groups > 0, weight.shape[0] % groups == 0,
      bias.map({ $0.shape == [weight.shape[0]] }) ?? true
    else { throw ShapeMismatch("conv1d, weight and bias", weight.shape, bias?.shape ?? []) }
    self.weight = weight
    self.bias = bias
    self.stride = stride
    self.padding = padding
    self.groups = groups
    window = Window(
      kernel: Extent(1, weight.shape[2]),
      stride: Extent(1, stride),
      padding: Extent(0, padding)
    )
  }

  /// Slides the filters over the sequences.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has three axes, the weight's channels, and room for
  ///   the filter.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    guard input.rank == 3 else { throw ShapeMismatch("conv1d", input.shape, weight.shape) }
    let image = input.reshaped(to: asImage(input.shape))
    let filter = weight.reshaped(to: asImage(weight.shape))
    let plan = try ConvolutionPlan(
      "conv1d",
      input: image.shape,
      weight: filter.shape,
      window: window,
      groups: groups
    )
    let output = plan.output(image, weight: filter, bias: bias)
    return (output.reshaped(to: asSequence(output.shape)), Cache(input: image, plan: plan))
  }

  /// Computes the gradients: `dx` by the transposed filters, `dW` by sliding `dy` over the input.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let plan = cache.plan
    let outputShape = asSequence(plan.outputShape)
    guard dOutput.shape == outputShape else {
      throw ShapeMismatch("conv1d, backward", dOutput.shape, outputShape)
    }
    let dImage = dOutput.reshaped(to: plan.outputShape)
    let filter = weight.reshaped(to: plan.weightShape)
    let (dInput, dWeight, dBias) = plan.gradients(
      cache.input,
      weight: filter,
      dOutput: dImage,
      ofInput: true,
      ofBias: bias != nil
    )
    return (
      dInput.reshaped(to: asSequence(dInput.shape)),
      Gradients(weight: dWeight.reshaped(to: weight.shape), bias: bias == nil ? nil : dBias)
    )
  }

  /// Lends `weight` and, where there is one, `bias`.
  public mutating func visitParameters(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    try visit("weight", &weight)
    try visitBias(&bias, visit)
  }

  private func asImage(_ shape: [Int]) -> [Int] { [shape[0], shape[1], 1, shape[2]] }

  private func asSequence(_ shape: [Int]) -> [Int] { [shape[0], shape[1], shape[3]] }
}

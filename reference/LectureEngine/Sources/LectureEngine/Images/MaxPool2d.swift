public import CourseKit

/// Keeps the largest input of each window, and remembers where it stood.
///
/// Of equal inputs the first counts, row by row; padding never does. NaN is larger than any number.
///
/// Shapes: the input is `[n, c, h, w]`, the output `[n, c, h', w']` with
/// `h' = ⌊(h + 2 padding − kernel) / stride⌋ + 1` and `w'` likewise. An empty batch has an empty
/// output.
public struct MaxPool2d<Scalar: LectureScalar>: Layer {
  /// The pooling window.
  public let window: Window

  /// The places of the maxima, and the shape of the input.
  public struct Cache: Sendable {
    /// For each output, the place of its input in its plane: row times width plus column.
    public let switches: [Int32]
    fileprivate let plan: PoolingPlan
  }

  /// A pooling layer; windows stand side by side unless a stride is given.
  ///
  /// - Precondition: The padding is at most half the kernel, so that no window is all padding.
  public init(kernel: Extent, stride: Extent? = nil, padding: Extent = 0) {
    window = .pooling(kernel, stride: stride, padding: padding)
  }

  /// Keeps the largest of each window.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has four axes and room for the window.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    let plan = try PoolingPlan("max pooling", input: input.shape, window: window)
    let (output, switches) = plan.maxima(input)
    return (output, Cache(switches: switches, plan: plan))
  }

  /// Sends each gradient to the input that was the largest; the others get none.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    try cache.plan.check("max pooling, backward", dOutput: dOutput.shape)
    return (cache.plan.unpool(dOutput, switches: cache.switches), .none)
  }

  /// Puts values back where the maxima stood, and zeros everywhere else.
  ///
  /// Where windows overlap and share a maximum, their values add up: this is the adjoint of picking
  /// the maxima, and the very thing that `backward` does with gradients.
  ///
  /// Shapes: `values` has the shape of the output, the result that of the input.
  ///
  /// - Throws: `ShapeMismatch` when `values` has another shape than the output.
  ///
  /// Source: Zeiler & Fergus 2014, section 2.1.
  public func unpool(_ values: Tensor<Scalar>, cache: Cache) throws -> Tensor<Scalar> {
    try cache.plan.check("unpooling", dOutput: values.shape)
    return cache.plan.unpool(values, switches: cache.switches)
  }
}

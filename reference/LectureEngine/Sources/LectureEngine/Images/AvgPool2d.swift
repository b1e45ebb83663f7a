public import CourseKit

/// Takes the mean of each window.
///
/// Shapes: the input is `[n, c, h, w]`, the output `[n, c, h', w']` with
/// `h' = ⌊(h + 2 padding − kernel) / stride⌋ + 1` and `w'` likewise. An empty batch has an empty
/// output. NaN reaches every output whose window it is in.
public struct AvgPool2d<Scalar: LectureScalar>: Layer {
  /// The pooling window.
  public let window: Window
  /// True if padding counts as zeros; else the mean is over the inputs alone.
  public let countsPadding: Bool

  /// The sizes that were found to fit.
  public struct Cache: Sendable {
    fileprivate let plan: PoolingPlan
  }

  /// A pooling layer; windows stand side by side unless a stride is given.
  ///
  /// - Precondition: The padding is at most half the kernel, so that no window is all padding.
  public init(
    kernel: Extent,
    stride: Extent? = nil,
    padding: Extent = 0,
    countsPadding: Bool = true
  ) {
    window = .pooling(kernel, stride: stride, padding: padding)
    self.countsPadding = countsPadding
  }

  /// Takes the mean of each window.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has four axes and room for the window.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    let plan = try PoolingPlan("average pooling", input: input.shape, window: window)
    return (plan.averages(input, countingPadding: countsPadding), Cache(plan: plan))
  }

  /// Shares each gradient out evenly among the inputs of its window.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    try cache.plan.check("average pooling, backward", dOutput: dOutput.shape)
    return (cache.plan.averageGradient(dOutput, countingPadding: countsPadding), .none)
  }
}

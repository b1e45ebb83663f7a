public import CourseKit

/// Takes the mean of each channel over all its pixels.
///
/// Shapes: the input is `[n, c, h, w]`, or `[n, c, ...]` with any axes in place of the last two;
/// the output is `[n, c]`. An empty batch has an empty output.
public struct GlobalAveragePool<Scalar: LectureScalar>: Layer {
  /// The shape of the input.
  public struct Cache: Sendable {
    fileprivate let inputShape: [Int]
  }

  /// A layer without parameters.
  public init() {}

  /// Takes the mean of each channel.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has at least three axes and each channel a pixel: the
  ///   mean of nothing has no value.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    let shape = input.shape
    let pixels = shape.dropFirst(2).reduce(1, *)
    guard shape.count >= 3, pixels > 0 else {
      throw ShapeMismatch("global average pooling", shape, [])
    }
    let cache = Cache(inputShape: shape)
    if input.count == 0 { return (.zeros(shape[0], shape[1]), cache) }
    let sums = input.reshaped(shape[0], shape[1], pixels).sum(axis: 2)
    return (sums / Scalar(pixels), cache)
  }

  /// Gives every pixel the same share of its channel's gradient, `1 / (h w)`.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let shape = cache.inputShape
    guard dOutput.shape == Array(shape.prefix(2)) else {
      throw ShapeMismatch("global average pooling, backward", dOutput.shape, Array(shape.prefix(2)))
    }
    let pixels = shape.dropFirst(2).reduce(1, *)
    let plan = try PoolingPlan(
      "global average pooling",
      input: [shape[0], shape[1], 1, pixels],
      window: Window(kernel: Extent(1, pixels))
    )
    let dInput = plan.averageGradient(
      dOutput.reshaped(to: plan.outputShape),
      countingPadding: true
    )
    return (dInput.reshaped(to: shape), .none)
  }
}

public import CourseKit

/// A way around a block that changes the shape, without parameters.
///
/// Every `stride`-th pixel in both directions, and channels of zeros behind those of the input.
///
/// Shapes: `x` `[n, c, h, w]`; the output is `[n, outputs, h', w']` with `h' = ⌈h / stride⌉` and
/// `w' = ⌈w / stride⌉`. An empty batch has an empty output; NaN stays where it is kept.
///
/// Source: He, Zhang, Ren & Sun 2016, section 3.3, option A.
public struct PaddingShortcut<Scalar: LectureScalar>: Layer {
  /// The number of channels that come out.
  public let outputs: Int
  /// How many pixels lie between two that are kept, and one more.
  public let stride: Int

  /// The shape of the input.
  public struct Cache: Sendable {
    fileprivate let inputShape: [Int]
  }

  /// A shortcut to so many channels.
  ///
  /// - Precondition: The stride is positive.
  public init(_ outputs: Int, stride: Int) {
    precondition(stride > 0, "PaddingShortcut: stride \(stride)")
    self.outputs = outputs
    self.stride = stride
  }

  /// Takes the pixels that are kept.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has four axes and at most as many channels as come
  ///   out.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    guard input.rank == 4, input.shape[1] <= outputs else {
      throw ShapeMismatch("padding shortcut", input.shape, [outputs])
    }
    var output = Tensor<Scalar>.zeros(shape: outputShape(input.shape))
    forEachPlace(input.shape) { from, to in output.scalars[to] = input.scalars[from] }
    return (output, Cache(inputShape: input.shape))
  }

  /// Puts the gradients back where the pixels stood, and zeros everywhere else.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    guard dOutput.shape == outputShape(cache.inputShape) else {
      throw ShapeMismatch(
        "padding shortcut, backward",
        dOutput.shape,
        outputShape(cache.inputShape)
      )
    }
    var dInput = Tensor<Scalar>.zeros(shape: cache.inputShape)
    forEachPlace(cache.inputShape) { from, to in dInput.scalars[from] = dOutput.scalars[to] }
    return (dInput, .none)
  }

  private func outputShape(_ shape: [Int]) -> [Int] {
    [shape[0], outputs, kept(shape[2]), kept(shape[3])]
  }

  private func kept(_ extent: Int) -> Int { (extent + stride - 1) / stride }

  /// Visits the places of a kept pixel in the input and in the output.
  private func forEachPlace(_ shape: [Int], _ body: (_ from: Int, _ to: Int) -> Void) {
    let (channels, height, width) = (shape[1], shape[2], shape[3])
    let (rows, columns) = (kept(height), kept(width))
    for image in 0..<shape[0] {
      for channel in 0..<channels {
        let plane = (image * channels + channel) * height
        let target = (image * outputs + channel) * rows
        for row in 0..<rows {
          let (from, to) = ((plane + row * stride) * width, (target + row) * columns)
          for column in 0..<columns { body(from + column * stride, to + column) }
        }
      }
    }
  }
}

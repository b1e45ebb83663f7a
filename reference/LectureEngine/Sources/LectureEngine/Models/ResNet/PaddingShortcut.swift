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
  /// The distance between two pixels that are kept.
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
  /// - Throws: `ShapeMismatch` unless `input` has four axes and a channel, but not more than come
  ///   out.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    guard input.rank == 4, 1...max(outputs, 1) ~= input.shape[1] else {
      throw ShapeMismatch("padding shortcut", input.shape, [outputs])
    }
    let shape = input.shape
    var output = Tensor<Scalar>(unwritten: outputShape(shape))
    Scalar.loops.subsample(
      samples: shape[0],
      channels: shape[1],
      outputs: outputs,
      height: shape[2],
      width: shape[3],
      stride: stride,
      input.scalars,
      into: &output.scalars
    )
    return (output, Cache(inputShape: shape))
  }

  /// Puts the gradients back where the pixels stood, and zeros everywhere else.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let shape = cache.inputShape
    guard dOutput.shape == outputShape(shape) else {
      throw ShapeMismatch("padding shortcut, backward", dOutput.shape, outputShape(shape))
    }
    var dInput = Tensor<Scalar>(unwritten: shape)
    Scalar.loops.subsampleBackward(
      samples: shape[0],
      channels: shape[1],
      outputs: outputs,
      height: shape[2],
      width: shape[3],
      stride: stride,
      dOutput.scalars,
      into: &dInput.scalars
    )
    return (dInput, .none)
  }

  private func outputShape(_ shape: [Int]) -> [Int] {
    [shape[0], outputs, kept(shape[2]), kept(shape[3])]
  }

  private func kept(_ extent: Int) -> Int { (extent + stride - 1) / stride }
}

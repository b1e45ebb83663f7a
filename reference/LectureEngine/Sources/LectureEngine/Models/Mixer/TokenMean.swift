public import CourseKit

/// The mean over all tokens: global average pooling for sequences.
///
/// `y = Σ x / tokens`.
///
/// Shapes: `x` `[n, tokens, channels]`; the output is `[n, channels]`. An empty batch has an empty
/// output; NaN reaches its channel's mean.
public struct TokenMean<Scalar: LectureScalar>: Layer {
  /// The shape of the input.
  public struct Cache: Sendable {
    fileprivate let shape: [Int]
  }

  /// The layer; it has nothing to choose.
  public init() {}

  /// Computes the means.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has three axes and a token.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    guard input.rank == 3, input.shape[1] > 0 else {
      throw ShapeMismatch("token mean", input.shape, [0, 1, 0])
    }
    return (input.mean(axis: 1), Cache(shape: input.shape))
  }

  /// Gives every token the same share of the gradient.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let (samples, tokens, channels) = (cache.shape[0], cache.shape[1], cache.shape[2])
    guard dOutput.shape == [samples, channels] else {
      throw ShapeMismatch("token mean, backward", dOutput.shape, [samples, channels])
    }
    let share = dOutput / Scalar(tokens)
    return (.zeros(shape: cache.shape) + share.reshaped(samples, 1, channels), .none)
  }
}

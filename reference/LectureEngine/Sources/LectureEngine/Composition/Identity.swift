public import CourseKit

/// Passes everything on as it is: the shortcut of a residual block.
///
/// `y = x`.
///
/// Shapes: `x` `[...]`; the output is `[...]`.
public struct Identity<Scalar: LectureScalar>: Layer {
  /// The shape of the input.
  public struct Cache: Sendable {
    fileprivate let shape: [Int]
  }

  /// The layer; it has nothing to choose.
  public init() {}

  /// Returns the input.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) -> (output: Tensor<Scalar>, cache: Cache) {
    (input, Cache(shape: input.shape))
  }

  /// Returns the gradient.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    guard dOutput.shape == cache.shape else {
      throw ShapeMismatch("identity, backward", dOutput.shape, cache.shape)
    }
    return (dOutput, .none)
  }
}

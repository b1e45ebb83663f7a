public import CourseKit

/// Lays the numbers of each sample out in one row.
///
/// Shapes: the input is `[n, ...]`, the output `[n, d]` with `d` the product of the other axes.
public struct Flatten<Scalar: LectureScalar>: Layer {
  /// The shape of the input.
  public struct Cache: Sendable {
    fileprivate let inputShape: [Int]
  }

  /// A layer without parameters.
  public init() {}

  /// Gives each sample one row.
  ///
  /// - Throws: `ShapeMismatch` when `input` is a single number.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    guard let samples = input.shape.first else { throw ShapeMismatch("flatten", input.shape, []) }
    return (
      input.reshaped(samples, input.shape.dropFirst().reduce(1, *)),
      Cache(inputShape: input.shape)
    )
  }

  /// Gives the gradients the shape of the input again.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let shape = cache.inputShape
    let outputShape = [shape[0], shape.dropFirst().reduce(1, *)]
    guard dOutput.shape == outputShape else {
      throw ShapeMismatch("flatten, backward", dOutput.shape, outputShape)
    }
    return (dOutput.reshaped(to: shape), .none)
  }
}

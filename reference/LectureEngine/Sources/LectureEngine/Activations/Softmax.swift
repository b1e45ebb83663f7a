public import CourseKit

/// Turns the numbers along the last axis into probabilities that sum to 1.
///
/// `pᵢ = e^(xᵢ) / Σⱼ e^(xⱼ)`; the largest is subtracted first, so that nothing overflows. For
/// training use `SoftmaxCrossEntropy`, which takes the logits.
///
/// Shapes: `x` `[..., k]`; the output is `[..., k]`. NaN makes its whole row NaN.
public struct Softmax<Scalar: LectureScalar>: Layer {
  /// The probabilities.
  public struct Cache: Sendable {
    fileprivate let output: Tensor<Scalar>
  }

  /// The layer; it has nothing to choose.
  public init() {}

  /// Computes the probabilities.
  ///
  /// - Throws: `ShapeMismatch` for a single number, which has no axis.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    let (rows, classes) = try input.rowsOfLastAxis("softmax")
    var output = Tensor<Scalar>(unwritten: input.shape)
    Scalar.loops.softmax(rows: rows, classes: classes, input.scalars, into: &output.scalars)
    return (output, Cache(output: output))
  }

  /// Computes `dx = p (dp - Σ p dp)`.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let output = cache.output
    guard dOutput.shape == output.shape else {
      throw ShapeMismatch("softmax, backward", dOutput.shape, output.shape)
    }
    let (rows, classes) = try output.rowsOfLastAxis("softmax, backward")
    var dInput = Tensor<Scalar>(unwritten: output.shape)
    Scalar.loops.softmaxBackward(
      rows: rows,
      classes: classes,
      output.scalars,
      dOutput: dOutput.scalars,
      into: &dInput.scalars
    )
    return (dInput, .none)
  }
}

public import CourseKit

/// The squared distance between what a network says and what it should say.
///
/// `J = Σ (y - t)²`, over the number of elements in the mean form.
///
/// Shapes: `output` and `target` have the same shape, any; so has the gradient.
public struct MeanSquaredError<Scalar: LectureScalar>: Sendable {
  /// The reduction of the squares: their sum or their mean.
  public let reduction: Reduction

  /// A loss in the given form.
  public init(_ reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss, and its gradient `2 (y - t)`, over the number of elements in the mean form.
  ///
  /// - Throws: `ShapeMismatch` for different shapes, `EmptyBatch` for the mean of nothing.
  public func callAsFunction(
    _ output: Tensor<Scalar>,
    target: Tensor<Scalar>
  ) throws -> (loss: Scalar, dOutput: Tensor<Scalar>) {
    guard output.shape == target.shape else {
      throw ShapeMismatch("mean squared error", output.shape, target.shape)
    }
    guard output.count > 0 || reduction == .sum else { throw EmptyBatch("mean squared error") }
    let difference = output - target
    let weight = reduction == .mean ? 1 / Scalar(output.count) : 1
    return (difference.squared().sum() * weight, difference * (2 * weight))
  }
}

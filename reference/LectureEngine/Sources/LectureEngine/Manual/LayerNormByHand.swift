public import CourseKit

/// Layer norm of samples by plain arithmetic on rows (S32); the layer `LayerNorm` does the same.
public enum LayerNormByHand<Scalar: LectureScalar> {
  /// `γ (x - μ) / √(σ² + ε) + β`, with mean and biased variance of each row.
  ///
  /// Shapes: `x` `[n, d]`; `γ`, `β` `[d]`; the output is `[n, d]`.
  public static func forward(
    _ x: Tensor<Scalar>,
    gamma: Tensor<Scalar>,
    beta: Tensor<Scalar>,
    epsilon: Scalar = 1e-5
  ) -> Tensor<Scalar> {
    let n = x.shape[0]
    let centered = x - x.mean(axis: 1).reshaped(n, 1)
    let variance = centered.squared().mean(axis: 1).reshaped(n, 1)
    return gamma * centered / (variance + epsilon).squareRoot() + beta
  }
}

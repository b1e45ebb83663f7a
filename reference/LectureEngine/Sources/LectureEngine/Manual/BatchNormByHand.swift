public import CourseKit

/// Batch norm of features, step by step and on paper's terms: the slides' formulas and homework 1.
///
/// `x` is the input, `u` what comes out; `m` samples, `d` features, every gradient of a loss `J`.
/// The layer `BatchNorm` does the same at once.
///
/// Shapes: `x`, `xHat`, `u`, `dU` and `dXHat` `[m, d]`; all others `[d]`.
public enum BatchNormByHand<Scalar: LectureScalar> {
  /// A tensor of this number type.
  public typealias Matrix = Tensor<Scalar>

  /// `μ = (1/m) Σ xᵢ`.
  public static func mean(_ x: Matrix) -> Matrix { x.mean(axis: 0) }

  /// `σ² = (1/m) Σ (xᵢ - μ)²`, without Bessel's correction.
  public static func variance(_ x: Matrix, mean: Matrix) -> Matrix {
    (x - mean).squared().mean(axis: 0)
  }

  /// `x̂ᵢ = (xᵢ - μ) / √(σ² + ε)`.
  public static func normalize(
    _ x: Matrix,
    mean: Matrix,
    variance: Matrix,
    epsilon: Scalar
  ) -> Matrix {
    (x - mean) / (variance + epsilon).squareRoot()
  }

  /// The toy of S23: `(xᵢ - μ) / √(s² + 1e-7)`, with Bessel's variance `s²`, over `m - 1`.
  ///
  /// The biased standard deviation of the output is `√((m - 1) / m)`: 0.98 for 32 samples.
  public static func toy(_ x: Matrix) -> Matrix {
    let mean = mean(x)
    let variance = (x - mean).squared().sum(axis: 0) / Scalar(x.shape[0] - 1)
    return normalize(x, mean: mean, variance: variance, epsilon: 1e-7)
  }

  /// `dJ/dγ = Σ duᵢ x̂ᵢ` (S28).
  public static func dGamma(dU: Matrix, xHat: Matrix) -> Matrix { (dU * xHat).sum(axis: 0) }

  /// `dJ/dβ = Σ duᵢ` (S28).
  public static func dBeta(dU: Matrix) -> Matrix { dU.sum(axis: 0) }

  /// `dJ/dx̂ᵢ = γ duᵢ`.
  public static func dXHat(dU: Matrix, gamma: Matrix) -> Matrix { dU * gamma }

  /// `dJ/dσ² = -½ (σ² + ε)^(-3/2) Σ dx̂ᵢ (xᵢ - μ)`.
  public static func dVariance(
    dXHat: Matrix,
    x: Matrix,
    mean: Matrix,
    variance: Matrix,
    epsilon: Scalar
  ) -> Matrix {
    let shifted = variance + epsilon
    return (dXHat * (x - mean)).sum(axis: 0) * Scalar(-0.5) / (shifted * shifted.squareRoot())
  }

  /// `dJ/dμ = -(σ² + ε)^(-1/2) Σ dx̂ᵢ + dJ/dσ² · (-2/m) Σ (xᵢ - μ)`; the last sum is 0.
  public static func dMean(
    dXHat: Matrix,
    dVariance: Matrix,
    x: Matrix,
    mean: Matrix,
    variance: Matrix,
    epsilon: Scalar
  ) -> Matrix {
    let direct = -(dXHat.sum(axis: 0) / (variance + epsilon).squareRoot())
    let throughVariance = dVariance * (x - mean).mean(axis: 0) * Scalar(-2)
    return direct + throughVariance
  }

  /// `dJ/dxᵢ = dx̂ᵢ (σ² + ε)^(-1/2) + dJ/dσ² · 2 (xᵢ - μ) / m + dJ/dμ / m`: the three paths.
  public static func dInput(
    dXHat: Matrix,
    dVariance: Matrix,
    dMean: Matrix,
    x: Matrix,
    mean: Matrix,
    variance: Matrix,
    epsilon: Scalar
  ) -> Matrix {
    let m = Scalar(x.shape[0])
    return dXHat / (variance + epsilon).squareRoot()
      + dVariance * (x - mean) * (2 / m)
      + dMean / m
  }

  /// The same in one formula: `γ (duᵢ - dβ/m - x̂ᵢ dγ/m) / √(σ² + ε)`.
  public static func dInputClosed(
    dU: Matrix,
    xHat: Matrix,
    gamma: Matrix,
    variance: Matrix,
    epsilon: Scalar
  ) -> Matrix {
    let m = Scalar(xHat.shape[0])
    let rest = dBeta(dU: dU) / m + xHat * dGamma(dU: dU, xHat: xHat) / m
    return gamma * (dU - rest) / (variance + epsilon).squareRoot()
  }
}

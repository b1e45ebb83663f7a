public import CourseKit

/// Normalizes each sample over its features, then scales and shifts every feature.
///
/// `y = γ (x - μ) / √(σ² + ε) + β`, with the mean and the biased variance of the sample itself:
/// it needs no batch, and training and evaluation do the same.
///
/// Shapes: `x` `[..., d]`; `γ`, `β` `[d]`; the output is `[..., d]`. γ may have more axes,
/// `[c, d]`; then the last ones of `x` must be the same, and the mean runs over all of them.
///
/// NaN makes its whole sample NaN; an empty input has an empty output.
///
/// Source: Ba, Kiros & Hinton 2016.
public struct LayerNorm<Scalar: LectureScalar>: Layer {
  /// The scales γ, `[d]`.
  public var weight: Tensor<Scalar>
  /// The shifts β, `[d]`.
  public var bias: Tensor<Scalar>
  /// The number added to the variance; dimensionless, > 0.
  public let epsilon: Double

  /// The input, and its statistics row by row.
  public struct Cache: Sendable {
    fileprivate let input: Tensor<Scalar>
    fileprivate let mean: Tensor<Scalar>
    /// `1 / √(σ² + ε)`.
    fileprivate let scale: Tensor<Scalar>
  }

  /// A layer over that many features, with γ = 1 and β = 0.
  public init(features: Int, epsilon: Double = 1e-5) {
    self.init(shape: [features], epsilon: epsilon)
  }

  /// A layer over all the last axes, with γ = 1 and β = 0.
  public init(shape: [Int], epsilon: Double = 1e-5) {
    weight = .ones(shape: shape)
    bias = .zeros(shape: shape)
    self.epsilon = epsilon
  }

  /// Normalizes, scales and shifts.
  ///
  /// - Throws: `ShapeMismatch` unless the last extents of `input` are those of γ.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    guard input.shape.suffix(weight.rank) == weight.shape[...], weight.count > 0 else {
      throw ShapeMismatch("layer norm", input.shape, weight.shape)
    }
    let (rows, width) = (input.count / weight.count, weight.count)
    var mean = Tensor<Scalar>.zeros(rows)
    var scale = mean
    var output = Tensor<Scalar>(unwritten: input.shape)
    Scalar.loops.layerNorm(
      rows: rows,
      features: width,
      epsilon: Scalar(epsilon),
      input.scalars,
      weight: weight.scalars,
      bias: bias.scalars,
      into: &output.scalars,
      mean: &mean.scalars,
      scale: &scale.scalars
    )
    return (output, Cache(input: input, mean: mean, scale: scale))
  }

  /// Computes `dγ = Σ dy x̂`, `dβ = Σ dy` and
  /// `dx = (dx̂ - mean(dx̂) - x̂ mean(dx̂ x̂)) / √(σ² + ε)`.
  ///
  /// `x̂` is the normalized input and `dx̂ = γ dy`; the means are those of the sample.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let (rows, width) = (cache.mean.count, weight.count)
    guard dOutput.shape == cache.input.shape else {
      throw ShapeMismatch("layer norm, backward", dOutput.shape, cache.input.shape)
    }
    var dWeight = Tensor<Scalar>.zeros(shape: weight.shape)
    var dBias = dWeight
    var dInput = Tensor<Scalar>(unwritten: dOutput.shape)
    Scalar.loops.layerNormBackward(
      rows: rows,
      features: width,
      cache.input.scalars,
      mean: cache.mean.scalars,
      scale: cache.scale.scalars,
      weight: weight.scalars,
      dOutput: dOutput.scalars,
      into: &dInput.scalars,
      dWeight: &dWeight.scalars,
      dBias: &dBias.scalars
    )
    return (dInput, Gradients(["weight": dWeight, "bias": dBias]))
  }

  /// Lends `weight` and `bias`.
  public mutating func visitParameters(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    try visit("weight", &weight)
    try visit("bias", &bias)
  }
}

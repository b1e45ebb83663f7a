public import CourseKit
internal import LectureKernels

/// Normalizes each channel over the batch, then scales and shifts it.
///
/// `y = γ (x - μ) / √(σ² + ε) + β`, variance without Bessel's correction. In training μ and σ² are
/// those of the batch, over all positions of an image too; in evaluation they are the running
/// statistics, so that the answer for a sample does not depend on the others.
///
/// Shapes: `x` `[n, c]`, or `[n, c, ...]` with the positions of an image or a signal; `γ`, `β`
/// `[c]`; the output has the shape of `x`.
///
/// An empty batch has an empty output in evaluation and is too small in training. NaN makes its
/// whole channel NaN in training, and only itself in evaluation.
///
/// Source: Ioffe & Szegedy 2015, algorithms 1 and 2.
public struct BatchNorm<Scalar: LectureScalar>: Layer {
  /// The scales γ, `[c]`.
  public var weight: Tensor<Scalar>
  /// The shifts β, `[c]`.
  public var bias: Tensor<Scalar>
  /// The mean that evaluation subtracts, `[c]`.
  public var runningMean: Tensor<Scalar>
  /// The variance that evaluation divides by, `[c]`; unbiased.
  public var runningVariance: Tensor<Scalar>
  /// The share of a batch in the running statistics, 0 to 1.
  public var momentum: Double
  /// The number added to the variance; dimensionless, > 0.
  public let epsilon: Double

  /// The input of the forward pass, and the statistics that it used.
  public struct Cache: Sendable {
    fileprivate let input: Tensor<Scalar>
    fileprivate let mean: Tensor<Scalar>
    /// `1 / √(σ² + ε)`.
    fileprivate let scale: Tensor<Scalar>
    /// The statistics of the batch, in training.
    fileprivate let ofTheBatch: BatchStatistics<Scalar>?
  }

  /// A layer that normalizes, with γ = 1 and β = 0.
  public init(channels: Int, momentum: Double = 0.1, epsilon: Double = 1e-5) {
    weight = .ones(channels)
    bias = .zeros(channels)
    runningMean = .zeros(channels)
    runningVariance = .ones(channels)
    self.momentum = momentum
    self.epsilon = epsilon
  }

  /// Normalizes, scales and shifts.
  ///
  /// - Throws: `ShapeMismatch` unless the second extent is the number of channels; in training
  ///   `BatchTooSmall` unless there is more than one value per channel.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    let batch = try extents(of: input)
    if mode == .training { return try forwardInTraining(input, batch) }
    let cache = Cache(input: input, mean: runningMean, scale: runningScale, ofTheBatch: nil)
    var output = Tensor<Scalar>(unwritten: input.shape)
    Scalar.loops.batchNorm(
      batch,
      input.scalars,
      mean: cache.mean.scalars,
      scale: cache.scale.scalars,
      weight: weight.scalars,
      bias: bias.scalars,
      into: &output.scalars
    )
    return (output, cache)
  }

  private func forwardInTraining(
    _ input: Tensor<Scalar>,
    _ batch: lk_batch
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    let count = batch.n * batch.s
    guard count > 1 else { throw BatchTooSmall(count: count) }
    var mean = Tensor<Scalar>(unwritten: [batch.c])
    var (variance, scale) = (mean, mean)
    var output = Tensor<Scalar>(unwritten: input.shape)
    Scalar.loops.batchNormInTraining(
      batch,
      epsilon: Scalar(epsilon),
      input.scalars,
      weight: weight.scalars,
      bias: bias.scalars,
      into: &output.scalars,
      mean: &mean.scalars,
      variance: &variance.scalars,
      scale: &scale.scalars
    )
    let ofTheBatch = BatchStatistics(mean: mean, variance: variance, count: count)
    return (output, Cache(input: input, mean: mean, scale: scale, ofTheBatch: ofTheBatch))
  }

  /// `1 / √(σ² + ε)` of the running statistics, `[c]`.
  var runningScale: Tensor<Scalar> { 1 / (runningVariance + Scalar(epsilon)).squareRoot() }

  /// Computes `dγ = Σ dy x̂`, `dβ = Σ dy` and `dx = γ (dy - dβ / m - x̂ dγ / m) / √(σ² + ε)`.
  ///
  /// `x̂` is the normalized input, `m` the number of values per channel. In evaluation, where the
  /// statistics do not depend on the batch, `dx = γ dy / √(σ² + ε)`.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    guard dOutput.shape == cache.input.shape else {
      throw ShapeMismatch("batch norm, backward", dOutput.shape, cache.input.shape)
    }
    let batch = try extents(of: cache.input)
    var dWeight = Tensor<Scalar>(unwritten: [batch.c])
    var dBias = dWeight
    var dInput = Tensor<Scalar>(unwritten: dOutput.shape)
    Scalar.loops.batchNormBackward(
      batch,
      cache.input.scalars,
      mean: cache.mean.scalars,
      scale: cache.scale.scalars,
      weight: weight.scalars,
      dOutput: dOutput.scalars,
      ofTheBatch: cache.ofTheBatch != nil,
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

  /// Lends `running_mean` and `running_var`.
  public mutating func visitBuffers(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    try visit("running_mean", &runningMean)
    try visit("running_var", &runningVariance)
  }

  /// Moves the running statistics towards those of the batch, by `momentum`.
  public mutating func absorb(_ cache: Cache) {
    guard let batch = cache.ofTheBatch else { return }
    let share = Scalar(momentum)
    runningMean = runningMean.moved(towards: batch.mean, share: share, factor: 1)
    runningVariance = runningVariance.moved(
      towards: batch.variance,
      share: share,
      factor: batch.correction
    )
  }

  /// Sets the running statistics to the mean and the unbiased variance of all the data.
  ///
  /// - Returns: The layer's output in evaluation, batch by batch.
  /// - Throws: `ShapeMismatch` as `forward` does, `BatchTooSmall` for less than two values.
  public mutating func measureStatistics(
    over batches: [Tensor<Scalar>]
  ) throws -> [Tensor<Scalar>] {
    var total = PooledStatistics(channels: weight.count)
    for batch in batches where batch.count > 0 {
      total.add(try BatchStatistics(of: batch, extents(of: batch)))
    }
    (runningMean, runningVariance) = try total.meanAndVariance()
    return try batches.map { try forward($0, mode: .evaluation).output }
  }

  /// Samples, channels, and positions per channel.
  private func extents(of input: Tensor<Scalar>) throws -> lk_batch {
    guard input.rank >= 2, input.shape[1] == weight.count else {
      throw ShapeMismatch("batch norm", input.shape, weight.shape)
    }
    return lk_batch(
      n: input.shape[0],
      c: input.shape[1],
      s: input.shape[2...].reduce(1, *)
    )
  }
}

extension Tensor {
  /// `(1 - share) · self + share · (factor · other)`, made here: for so few numbers a call of a
  /// kernel takes longer than they do.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  fileprivate func moved(towards other: Tensor, share: Scalar, factor: Scalar) -> Tensor {
    let moved = zip(scalars, other.scalars).map { (1 - share) * $0 + share * ($1 * factor) }
    return Tensor(shape: shape, scalars: moved)
  }
}

internal import CourseKit
internal import LectureKernels

/// Mean and variance of each channel of a batch.
struct BatchStatistics<Scalar: LectureScalar>: Sendable {
  /// `[c]`.
  let mean: Tensor<Scalar>
  /// Without Bessel's correction, `[c]`.
  let variance: Tensor<Scalar>
  /// The number of values per channel.
  let count: Int

  /// Bessel's correction applied: divided by `count - 1` in place of `count`.
  var unbiasedVariance: Tensor<Scalar> { variance * (Scalar(count) / Scalar(count - 1)) }

  /// Measures a batch.
  ///
  /// - Throws: `BatchTooSmall` for fewer values per channel than `atLeast`.
  init(of input: Tensor<Scalar>, _ batch: lk_batch, atLeast: Int = 2) throws {
    count = batch.n * batch.s
    guard count >= atLeast else { throw BatchTooSmall(count: count) }
    var mean = Tensor<Scalar>(unwritten: [batch.c])
    var variance = mean
    Scalar.loops.batchStatistics(
      batch,
      input.scalars,
      mean: &mean.scalars,
      variance: &variance.scalars
    )
    (self.mean, self.variance) = (mean, variance)
  }
}

/// Mean and variance of data that comes in batches, exact as if it were one.
///
/// Batches join by the squares of their distances: `M = M₁ + M₂ + (μ₁ - μ₂)² n₁ n₂ / n`, in double
/// precision. Source: Chan, Golub & LeVeque 1979.
struct PooledStatistics {
  private var count = 0
  private var means: [Double]
  private var squares: [Double]

  init(channels: Int) {
    means = Array(repeating: 0, count: channels)
    squares = means
  }

  mutating func add<Scalar: LectureScalar>(_ batch: BatchStatistics<Scalar>) {
    let (old, new) = (Double(count), Double(batch.count))
    for channel in means.indices {
      let distance = Double(batch.mean.scalars[channel]) - means[channel]
      means[channel] += distance * new / (old + new)
      squares[channel] +=
        Double(batch.variance.scalars[channel]) * new + distance * distance * old * new
        / (old + new)
    }
    count += batch.count
  }

  /// The mean, and the variance with Bessel's correction.
  ///
  /// - Throws: `BatchTooSmall` for less than two values.
  func meanAndVariance<Scalar: LectureScalar>() throws -> (Tensor<Scalar>, Tensor<Scalar>) {
    guard count > 1 else { throw BatchTooSmall(count: count) }
    return (
      Tensor(means.map { Scalar($0) }),
      Tensor(squares.map { Scalar($0 / Double(count - 1)) })
    )
  }
}

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

  /// Bessel's correction: the variance is divided by `count - 1` in place of `count`.
  var correction: Scalar { Scalar(count) / Scalar(count - 1) }

  /// Measures a batch.
  ///
  /// - Throws: `BatchTooSmall` when there is no value.
  init(of input: Tensor<Scalar>, _ batch: lk_batch) throws {
    guard batch.n * batch.s >= 1 else { throw BatchTooSmall(count: 0) }
    var mean = Tensor<Scalar>(unwritten: [batch.c])
    var variance = mean
    Scalar.loops.batchStatistics(
      batch,
      input.scalars,
      mean: &mean.scalars,
      variance: &variance.scalars
    )
    self.init(mean: mean, variance: variance, count: batch.n * batch.s)
  }

  /// Statistics that were measured.
  init(mean: Tensor<Scalar>, variance: Tensor<Scalar>, count: Int) {
    (self.mean, self.variance, self.count) = (mean, variance, count)
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

internal import CourseKit

/// Samples, channels, and positions per channel.
typealias BatchExtents = (n: Int, c: Int, s: Int)

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
  init(of input: Tensor<Scalar>, _ extents: BatchExtents, atLeast: Int = 2) throws {
    let (n, c, s) = extents
    guard n * s >= atLeast else { throw BatchTooSmall(count: n * s) }
    var variance = Tensor<Scalar>.zeros(c)
    mean = Tensor(shape: [c]) { mean in
      input.read { x in
        variance.update { Scalar.lectureKernels.norms.batchStatistics(n, c, s, x, mean, $0) }
      }
    }
    self.variance = variance
    count = n * s
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

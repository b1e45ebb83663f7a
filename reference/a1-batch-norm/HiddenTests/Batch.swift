import CourseKit

/// One batch of loud data with all that follows from it: the reference for the layer.
///
/// `n` samples, `d` features.
struct Batch {
  let x: Tensor<Double>
  var dU: Tensor<Double>
  let gamma: Tensor<Double>
  let beta: Tensor<Double>
  let epsilon: Double
  let statistics: Statistics
  /// The factor of all in which functions are linear.
  let linear: Double

  /// Draws one; `x` and the root of `epsilon` are multiplied by `scale`, what the functions are
  /// linear in (`dU`, `gamma` and `beta`) by `linear`: powers of two.
  ///
  /// A constant column has no variance, and epsilon alone under the root.
  init(
    _ n: Int,
    _ d: Int,
    scale: Double = 1,
    linear: Double = 1,
    hasConstantColumn: Bool = false,
    using generator: inout Generator
  ) {
    var x = generator.loudColumns(n, d) * scale
    if hasConstantColumn {
      let level = generator.sign() * generator.uniform(in: 0.5...1) * scale
      for i in 0..<n { x[i, 0] = level }
    }
    self.x = x
    self.linear = linear
    dU = generator.normal(shape: [n, d]) * linear
    gamma = generator.gamma(count: d) * linear
    beta = generator.signed(0.5...2, count: d) * linear
    epsilon = generator.uniform(in: 0.05...0.5) * scale * scale
    statistics = Statistics(of: x, epsilon: epsilon)
  }

  /// Sizes all different, one square, a batch of two, one small in scale and one large, one with
  /// a constant column, one with small upstream gradients and one with large ones; and the sizes of
  /// the first with other values, for who remembers by size.
  ///
  /// Thresholds of 1e-12 show at these scales. Cubes of a variance stay normal in `Float` at 2^±18,
  /// and no longer at 2^±20.
  static func draws(using generator: inout Generator) -> [Batch] {
    [
      Batch(6, 3, using: &generator),
      Batch(2, 4, using: &generator),
      Batch(5, 5, using: &generator),
      Batch(9, 2, scale: 0x1p-18, using: &generator),
      Batch(3, 7, scale: 0x1p18, using: &generator),
      Batch(4, 6, hasConstantColumn: true, using: &generator),
      Batch(7, 3, linear: 0x1p-40, using: &generator),
      Batch(5, 4, linear: 0x1p40, using: &generator),
      Batch(6, 3, using: &generator),
    ]
  }

  var count: Double { Double(x.shape[0]) }
  var mean: Tensor<Double> { statistics.mean }
  var variance: Tensor<Double> { statistics.variance }
  var xHat: Tensor<Double> { statistics.xHat }
  var root: Tensor<Double> { statistics.root }
  var deviation: Tensor<Double> { statistics.deviation }
  var rootCubed: Tensor<Double> { root * root * root }

  var dXHat: Tensor<Double> { gamma * dU }
  var dVariance: Tensor<Double> { -0.5 * (dXHat * deviation).sum(axis: 0) / rootCubed }
  // The path through the variance is left out: the deviations sum to zero.
  var dMean: Tensor<Double> { -(dXHat.sum(axis: 0) / root) }
  var dX: Tensor<Double> {
    dXHat / root + dVariance * deviation * (2 / count) + dMean / count
  }
}

extension Batch {
  var expectedMean: Expected { Expected("mean", mean, terms: x.absolute.mean(axis: 0)) }

  var expectedVariance: Expected { Expected("variance", variance, terms: variance) }

  var expectedDXHat: Expected { Expected("dXHat", dXHat, terms: dXHat.absolute) }

  var expectedDX: Expected {
    Expected("dX", dX, terms: dXHat.absolute / root, directions: ["x̂": xHat])
  }

  var expectedDGamma: Expected {
    let terms = dU * xHat
    return Expected("dGamma", terms.sum(axis: 0), terms: terms.absolute.sum(axis: 0))
  }

  var expectedDBeta: Expected {
    Expected("dBeta", dU.sum(axis: 0), terms: dU.absolute.sum(axis: 0))
  }
}

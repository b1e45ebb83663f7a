import CourseKit

/// One batch of loud data with all that follows from it: the reference for the layer.
///
/// `n` samples, `d` features.
struct Batch {
  var x: Tensor<Double> {
    didSet { statistics = Statistics(of: x, epsilon: epsilon) }
  }
  var dU: Tensor<Double>
  var gamma: Tensor<Double>
  var beta: Tensor<Double>
  var epsilon: Double {
    didSet { statistics = Statistics(of: x, epsilon: epsilon) }
  }
  private(set) var statistics: Statistics
  /// The factor of all in which functions are linear.
  let linear: Double
  /// True if columns differ so much in size that each answer of theirs is judged for itself.
  var isGraded = false
  /// True if it has the values from which one starts: `gamma` 1, `beta` 0, and what goes with them.
  var isPlain = false

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

  /// A batch of these parts.
  init(
    x: Tensor<Double>,
    dU: Tensor<Double>,
    gamma: Tensor<Double>,
    beta: Tensor<Double>,
    epsilon: Double
  ) {
    (self.x, self.dU, self.gamma, self.beta) = (x, dU, gamma, beta)
    (self.epsilon, linear) = (epsilon, 1)
    statistics = Statistics(of: x, epsilon: epsilon)
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

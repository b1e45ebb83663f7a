import BatchNormTask
import CourseKit
import JudgeSupport

// Small integers and halves, on which people can do the sums themselves.

extension Batch: SmallDraw {
  /// Rows and columns, and whether columns are constant; a batch of one has no gradient.
  static let smallSizes = [
    (2, 1, false), (3, 1, false), (2, 2, false), (2, 1, true), (3, 2, false), (2, 3, false),
    (3, 3, false), (2, 2, true),
  ]

  static var smallDraws: SmallDraws<Batch> {
    SmallDraws(smallSizes, simplifying: [\.x, \.dU, \.gamma, \.beta]) { size, generator in
      let (n, d, isConstant) = size
      var batch = Batch(small: (n, d), using: &generator)
      if isConstant { batch.x = 0 * batch.x + batch.x.row(0) }
      return batch
    }
  }

  init(small size: (n: Int, d: Int), using generator: inout Generator) {
    self.init(
      x: generator.small(size.n, size.d),
      dU: generator.small(size.n, size.d),
      gamma: generator.small(size.d),
      beta: generator.small(size.d),
      epsilon: generator.one(of: [0.5, 1])
    )
  }
}

extension Loose: SmallDraw {
  static var smallDraws: SmallDraws<Loose> {
    let parts: [WritableKeyPath<Loose, Tensor<Double>>] = [
      \.batch.x, \.batch.dU, \.batch.gamma, \.batch.beta, \.mean, \.xHat, \.dXHat, \.dVariance,
      \.dMean,
    ]
    // With three columns the arguments of a step have more numbers than people follow.
    return SmallDraws(
      Batch.smallSizes.filter { $0.1 < 3 },
      simplifying: parts,
      toOne: [\.variance]
    ) { size, generator in
      let (n, d, isConstant) = size
      var loose = Loose(for: Batch(small: (n, d), using: &generator), using: &generator)
      loose.mean = generator.small(d)
      loose.variance = isConstant ? .zeros(d) : generator.smallPositive(d)
      (loose.xHat, loose.dXHat) = (generator.small(n, d), generator.small(n, d))
      (loose.dVariance, loose.dMean) = (generator.small(d), generator.small(d))
      loose.centredXHat = generator.smallCentred(n, d)
      return loose
    }
  }
}

extension Usage: SmallDraw {
  static var smallDraws: SmallDraws<Usage> {
    let sizes = [(1, 1), (2, 1), (1, 2), (2, 2), (3, 2), (2, 3)]
    let parts: [WritableKeyPath<Usage, Tensor<Double>>] = [
      \.x, \.batch.gamma, \.batch.beta, \.running.mean,
    ]
    return SmallDraws(
      sizes,
      simplifying: parts,
      toOne: [\.running.variance]
    ) { size, generator in
      let batch = Batch(small: size, using: &generator)
      let running = Running(
        mean: generator.small(size.1),
        variance: generator.smallPositive(size.1)
      )
      return Usage(x: batch.x, batch: batch, running: running)
    }
  }
}

extension Update: SmallDraw {
  static var smallDraws: SmallDraws<Update> {
    let parts: [WritableKeyPath<Update, Tensor<Double>>] = [
      \.running.mean, \.running.variance, \.loose.mean, \.loose.variance,
    ]
    let sizes = [(1, false), (2, false), (1, true)]
    return SmallDraws(sizes, times: 6, simplifying: parts) { size, generator in
      let (d, isConstant) = size
      let running = Running(mean: generator.small(d), variance: generator.smallPositive(d))
      var loose = Loose(for: Batch(small: (2, d), using: &generator), using: &generator)
      loose.mean = generator.small(d)
      loose.variance = isConstant ? .zeros(d) : generator.smallPositive(d)
      return Update(
        running: running,
        loose: loose,
        count: generator.one(of: [2, 3, 5]),
        momentum: generator.one(of: [0.5, 0.25, 1, 0])
      )
    }
  }
}

extension Network: SmallDraw {
  static var smallDraws: SmallDraws<Network> {
    let sizes = [
      (2, 1, 1, 1), (3, 1, 1, 1), (2, 2, 1, 1), (2, 1, 1, 2), (2, 1, 2, 1), (3, 1, 2, 1),
      (2, 1, 2, 2),
    ]
    let parts: [WritableKeyPath<Network, Tensor<Double>>] = [
      \.x, \.w1, \.layer.gamma, \.layer.beta, \.w2, \.target,
    ]
    return SmallDraws(sizes, simplifying: parts, where: \.isOffKinks) { size, generator in
      let (n, d, h, k) = size
      return Network(
        x: generator.small(n, d),
        w1: generator.small(d, h),
        w2: generator.small(h, k),
        target: generator.small(n, k),
        layer: Layer(
          gamma: generator.small(h),
          beta: generator.small(h),
          epsilon: generator.one(of: [0.5, 1])
        )
      )
    }
  }

  /// True if no input of the ReLU is near its kink, where two conventions are right.
  private var isOffKinks: Bool { Forward(of: self).u.scalars.allSatisfy { abs($0) >= 1e-3 } }
}

/// A batch that is too small for training; it is its own gradient.
struct BatchOfOne: SmallDraw {
  var x: Tensor<Double>
  var gamma: Tensor<Double>
  var epsilon = 1.0

  static var smallDraws: SmallDraws<BatchOfOne> {
    SmallDraws([1, 2, 3].map { BatchOfOne(x: .ones(1, $0), gamma: .ones($0)) })
  }
}

extension Generator {
  /// `[n, d]` small integers and halves whose columns sum to 0.
  fileprivate mutating func smallCentred(_ n: Int, _ d: Int) -> Tensor<Double> {
    var x = small(n, d)
    for j in 0..<d { x[n - 1, j] = -(0..<n - 1).map { x[$0, j] }.reduce(0, +) }
    return x
  }
}

import BatchNormTask
import CourseKit

/// One draw of the small network with its reference: `x -> W1 -> batch norm -> ReLU -> W2`.
///
/// `n` samples, `d` inputs, `h` hidden units, `k` outputs.
struct Network {
  /// The input and the parameters of the layer of batch norm.
  struct Layer {
    var gamma: Tensor<Double>
    var beta: Tensor<Double>
    var epsilon: Double
  }

  var x: Tensor<Double>
  var w1: Tensor<Double>
  var w2: Tensor<Double>
  var target: Tensor<Double>
  var layer: Layer
  /// True if columns differ so much in size that each answer of theirs is judged for itself.
  var isGraded = false

  /// Draws until no input of the ReLU is near its kink, where two conventions are right, and some
  /// units are on and some off.
  ///
  /// `x` and the root of `epsilon` are multiplied by `scale`, `w2` and `target` by `linear`.
  init(
    _ n: Int,
    _ d: Int,
    _ h: Int,
    _ k: Int,
    scale: Double = 1,
    linear: Double = 1,
    using generator: inout Generator
  ) {
    repeat {
      self.init(once: n, d, h, k, scale, linear, using: &generator)
    } while !isLoud(scale)
  }

  private init(
    once n: Int,
    _ d: Int,
    _ h: Int,
    _ k: Int,
    _ scale: Double,
    _ linear: Double,
    using generator: inout Generator
  ) {
    x = generator.loudColumns(n, d) * scale
    w1 = generator.normal(shape: [d, h])
    w2 = generator.normal(shape: [h, k]) * linear
    target = generator.normal(shape: [n, k]) * linear
    layer = Layer(
      gamma: generator.gamma(count: h),
      beta: generator.signed(0.3...1, count: h),
      epsilon: generator.uniform(in: 0.05...0.5) * scale * scale
    )
  }

  /// A network of these parts.
  init(
    x: Tensor<Double>,
    w1: Tensor<Double>,
    w2: Tensor<Double>,
    target: Tensor<Double>,
    layer: Layer
  ) {
    self.x = x
    self.w1 = w1
    self.w2 = w2
    self.target = target
    self.layer = layer
  }

  /// Tells whether no input of the ReLU is near its kink, some units are on and some off, and every
  /// unit has a spread, of this scale; of a large one no more, so that `Float` holds cubes of its
  /// variance.
  func isLoud(_ scale: Double = 1) -> Bool {
    let forward = Forward(of: self)
    let active = Double(forward.u.scalars.count { $0 > 0 }) / Double(forward.u.count)
    return forward.u.scalars.allSatisfy { abs($0) >= 1e-3 }
      && (0.25...0.75).contains(active)
      && forward.statistics.variance.scalars.allSatisfy {
        $0.squareRoot() >= 0.3 * scale && (scale <= 1 || $0.squareRoot() <= 8 * scale)
      }
  }
}

extension Network {
  /// The reference's forward pass.
  struct Forward {
    let statistics: Statistics
    let u: Tensor<Double>
    let a: Tensor<Double>
    let mask: Tensor<Double>
    let residual: Tensor<Double>
    /// The formulas of `a` and of the residual with every addend made absolute.
    let aTerms: Tensor<Double>
    let residualTerms: Tensor<Double>

    init(of network: Network) {
      let layer = network.layer
      statistics = Statistics(of: product(network.x, network.w1), epsilon: layer.epsilon)
      u = layer.gamma * statistics.xHat + layer.beta
      a = u.maximum(0)
      mask = u.map { $0 > 0 ? 1 : 0 }
      residual = product(a, network.w2) - network.target
      aTerms = mask * ((layer.gamma * statistics.xHat).absolute + layer.beta.absolute)
      residualTerms = product(aTerms, network.w2.absolute) + network.target.absolute
    }
  }

  /// Loss and gradients, each with its unit: the same formulas with every addend made absolute,
  /// all the way from `u`.
  ///
  /// With `u` or the residual as they are, a unit could be small by cancellation, and single
  /// precision would come near the tolerance.
  var expected: (loss: Expected, dW1: Expected, dGamma: Expected, dBeta: Expected, dW2: Expected) {
    let forward = Forward(of: self)
    let n = Double(x.shape[0])
    let value = backward(forward, dY: forward.residual / n)
    let terms = backwardTerms(forward, dY: forward.residualTerms / n)
    let loss = forward.residual.squared().sum() / (2 * n)
    let lossTerms = forward.residualTerms.squared().sum() / (2 * n)
    return (
      Expected("loss", Tensor(shape: [], scalars: [loss]), terms: Tensor([lossTerms])),
      Expected("dW1", value.dW1, terms: terms.dW1),
      Expected("dGamma", value.dGamma, terms: terms.dGamma),
      Expected("dBeta", value.dBeta, terms: terms.dBeta),
      Expected("dW2", value.dW2, terms: terms.dW2)
    )
  }

  private typealias Gradients = (
    dW1: Tensor<Double>, dGamma: Tensor<Double>, dBeta: Tensor<Double>, dW2: Tensor<Double>
  )

  private func backward(_ forward: Forward, dY: Tensor<Double>) -> Gradients {
    let xHat = forward.statistics.xHat
    let dU = product(dY, w2.transposed()) * forward.mask
    let dXHat = layer.gamma * dU
    let centred = dXHat - dXHat.mean(axis: 0) - xHat * (dXHat * xHat).mean(axis: 0)
    return (
      dW1: product(x.transposed(), centred / forward.statistics.root),
      dGamma: (dU * xHat).sum(axis: 0),
      dBeta: dU.sum(axis: 0),
      dW2: product(forward.a.transposed(), dY)
    )
  }

  private func backwardTerms(_ forward: Forward, dY: Tensor<Double>) -> Gradients {
    let xHat = forward.statistics.xHat.absolute
    let dU = product(dY, w2.transposed().absolute) * forward.mask
    let dXHat = layer.gamma.absolute * dU
    let centred = dXHat + dXHat.mean(axis: 0) + xHat * (dXHat * xHat).mean(axis: 0)
    return (
      dW1: product(x.transposed().absolute, centred / forward.statistics.root),
      dGamma: (dU * xHat).sum(axis: 0),
      dBeta: dU.sum(axis: 0),
      dW2: product(forward.aTerms.transposed(), dY)
    )
  }
}

/// The product of two matrices whose sizes fit by construction.
private func product(_ left: Tensor<Double>, _ right: Tensor<Double>) -> Tensor<Double> {
  guard let product = try? left.matmul(right) else {
    preconditionFailure("\(left.shape) times \(right.shape)")
  }
  return product
}

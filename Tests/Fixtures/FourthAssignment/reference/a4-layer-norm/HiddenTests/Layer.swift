import CourseKit
import JudgeSupport

/// One batch of loud data with the right answers; `n` samples, `d` features.
///
/// The first feature is subtracted before anything else, which layer norm does not see.
struct Layer {
  var x: Tensor<Double>
  var dU: Tensor<Double>
  var gamma: Tensor<Double>
  var beta: Tensor<Double>
  var epsilon: Double

  init(_ n: Int, _ d: Int, using generator: inout Generator) {
    let offset: Tensor<Double> = generator.normal(shape: [n, 1])
    let noise: Tensor<Double> = generator.normal(shape: [n, d])
    x = 3 * offset + noise
    dU = generator.normal(shape: [n, d])
    gamma = generator.normal(shape: [d])
    beta = generator.normal(shape: [d])
    epsilon = 0.1 + generator.uniformDouble()
  }

  /// Sizes all different, and a batch of one.
  static func draws(using generator: inout Generator) -> [Layer] {
    [(5, 3), (2, 6), (1, 4), (4, 7)].map { n, d in Layer(n, d, using: &generator) }
  }

  private var first: Tensor<Double> {
    Tensor(shape: [x.shape[0], 1], scalars: (0..<x.shape[0]).map { x[$0, 0] })
  }

  private func overFeatures(_ tensor: Tensor<Double>) -> Tensor<Double> {
    tensor.mean(axis: 1).reshaped(x.shape[0], 1)
  }

  var mean: Tensor<Double> { (overFeatures(x - first) + first).reshaped(x.shape[0]) }
  private var deviation: Tensor<Double> { (x - first) - overFeatures(x - first) }
  var variance: Tensor<Double> { deviation.squared().mean(axis: 1) }
  var root: Tensor<Double> { (overFeatures(deviation.squared()) + epsilon).squareRoot() }
  var xHat: Tensor<Double> { deviation / root }
  var u: Tensor<Double> { gamma * xHat + beta }

  /// The Jacobian of normalization, applied feature by feature:
  /// `∂x̂_k/∂x_j = ((j == k) - 1/d - x̂_j x̂_k / d) / root`.
  var dX: Tensor<Double> {
    let (n, d) = (x.shape[0], x.shape[1])
    let (xHat, root) = (xHat, root)
    var dX = Tensor<Double>.zeros(n, d)
    for i in 0..<n {
      for j in 0..<d {
        for k in 0..<d {
          let jacobian = (j == k ? 1 : 0) - (1 + xHat[i, j] * xHat[i, k]) / Double(d)
          dX[i, j] += gamma[k] * dU[i, k] * jacobian / root[i, 0]
        }
      }
    }
    return dX
  }

  var dGamma: Tensor<Double> { (dU * xHat).sum(axis: 0) }
  var dBeta: Tensor<Double> { dU.sum(axis: 0) }
}

extension Layer: SmallDraw {
  static var smallDraws: SmallDraws<Layer> {
    let sizes = [(1, 2), (2, 2), (1, 3), (2, 3)]
    return SmallDraws(sizes, simplifying: [\.x, \.dU, \.gamma, \.beta]) { size, generator in
      let (n, d) = size
      var layer = Layer(n, d, using: &generator)
      (layer.x, layer.dU) = (generator.small(n, d), generator.small(n, d))
      (layer.gamma, layer.beta, layer.epsilon) = (generator.small(d), generator.small(d), 1)
      return layer
    }
  }
}

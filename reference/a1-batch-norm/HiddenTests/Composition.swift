import BatchNormTask
import CourseKit
import JudgeSupport

// The chains put together by the judge from the student's own steps, as the handout describes them.

extension BatchNormCase {
  /// `batchNormBackward` from the student's steps.
  func composedBackward(
    dU: Tensor<Double>,
    x: Tensor<Double>,
    gamma: Tensor<Double>,
    _ epsilon: Double
  ) throws -> [Tensor<Double>] {
    let layer = try normalized(x, epsilon)
    let dXHat = try gradXHat(dU, gamma)
    let dVariance = try gradVariance(dXHat, layer)
    let dMean = try gradMean(dXHat, dVariance, layer)
    return [
      try gradInput(dXHat, dVariance, dMean, layer),
      try gradGamma(dU, layer.xHat),
      try gradBeta(dU),
    ]
  }

  /// The two ways to put the small network together: with the student's chain, or with the steps.
  var networkCompositions: [(Network) throws -> SmallNetworkGradients] {
    [
      { [self] network in
        try composed(network) { dU, z in
          try backward(dU, z, network.layer.gamma, network.layer.epsilon)
        }
      },
      { [self] network in
        try composed(network) { dU, z in
          try composedBackward(dU: dU, x: z, gamma: network.layer.gamma, network.layer.epsilon)
        }
      },
    ]
  }

  private func composed(
    _ network: Network,
    backward: (_ dU: Tensor<Double>, _ z: Tensor<Double>) throws -> [Tensor<Double>]
  ) throws -> SmallNetworkGradients {
    let layer = network.layer
    let n = Double(network.x.shape[0])
    let z = try network.x.matmul(network.w1)
    let xHat = try normalized(z, layer.epsilon).xHat
    let u = try scaleAndShift(xHat, layer.gamma, layer.beta)
    guard u.shape == z.shape else { throw ShapeMismatch("u", u.shape, z.shape) }
    let a = u.maximum(0)
    let residual = try a.matmul(network.w2) - network.target
    let dA = try (residual / n).matmul(network.w2.transposed())
    let gradients = try backward(dA * u.map { $0 > 0 ? 1 : 0 }, z)
    return SmallNetworkGradients(
      loss: residual.squared().sum() / (2 * n),
      dW1: try network.x.transposed().matmul(gradients[0]),
      dGamma: gradients[1],
      dBeta: gradients[2],
      dW2: try a.transposed().matmul(residual / n)
    )
  }
}

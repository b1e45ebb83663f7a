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
    let mean = try subject(BatchNormTask.batchMean, x)
    let variance = try subject(BatchNormTask.batchVariance, x, mean)
    let xHat = try subject(BatchNormTask.normalize, x, mean, variance, epsilon)
    let dXHat = try subject(BatchNormTask.gradXHat, dU, gamma)
    let dVariance = try subject(BatchNormTask.gradVariance, dXHat, x, mean, variance, epsilon)
    let dMean = try subject(BatchNormTask.gradMean, dXHat, dVariance, x, mean, variance, epsilon)
    return [
      try subject(BatchNormTask.gradInput, dXHat, dVariance, dMean, x, mean, variance, epsilon),
      try subject(BatchNormTask.gradGamma, dU, xHat),
      try subject(BatchNormTask.gradBeta, dU),
    ]
  }

  /// The two ways to put the small network together: with the student's chain, or with the steps.
  var networkCompositions: [(Network) throws -> SmallNetworkGradients] {
    [
      { [self] network in
        try composed(network) { dU, z in
          let layer = network.layer
          let chain = try subject(BatchNormTask.backward, dU, z, layer.gamma, layer.epsilon)
          return [chain.dX, chain.dGamma, chain.dBeta]
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
    let mean = try subject(BatchNormTask.batchMean, z)
    let variance = try subject(BatchNormTask.batchVariance, z, mean)
    let xHat = try subject(BatchNormTask.normalize, z, mean, variance, layer.epsilon)
    let u = try subject(BatchNormTask.scaleAndShift, xHat, layer.gamma, layer.beta)
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

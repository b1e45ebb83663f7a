// Single precision inside: too coarse far from zero.
// expect: variance-stable
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func smallNetworkGradients(
  x: Tensor<Double>,
  w1: Tensor<Double>,
  gamma: Tensor<Double>,
  beta: Tensor<Double>,
  w2: Tensor<Double>,
  target: Tensor<Double>,
  epsilon: Double
) throws -> (
  loss: Double, dW1: Tensor<Double>, dGamma: Tensor<Double>, dBeta: Tensor<Double>,
  dW2: Tensor<Double>
) {
  guard x.shape[0] > 1 else { throw BatchTooSmall(count: x.shape[0]) }
  let n = Double(x.shape[0])

  let z = try x.single.matmul(w1.single).double
  let mean = try batchMean(z)
  let variance = try batchVariance(z, mean: mean)
  let xHat = try normalize(z, mean: mean, variance: variance, epsilon: epsilon)
  let u = try scaleAndShift(xHat, gamma: gamma, beta: beta)
  let a = u.maximum(0)
  let y = try a.single.matmul(w2.single).double
  try requireShapes(matrices: y, target)
  let residual = y - target
  let loss = residual.squared().sum() / (2 * n)

  let dY = residual / n
  let dW2 = try a.single.transposed().matmul(dY.single).double
  let dA = try dY.single.matmul(w2.single.transposed()).double
  let dU = dA * u.map { $0 > 0 ? 1 : 0 }
  let (dZ, dGamma, dBeta) = try batchNormBackward(dU: dU, x: z, gamma: gamma, epsilon: epsilon)
  let dW1 = try x.single.transposed().matmul(dZ.single).double
  return (loss, dW1, dGamma, dBeta, dW2)
}

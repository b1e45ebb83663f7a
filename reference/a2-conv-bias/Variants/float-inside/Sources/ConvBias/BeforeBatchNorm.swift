// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func convThenBatchNorm(
  _ x: Tensor<Double>,
  weight: Tensor<Double>,
  bias: Tensor<Double>,
  gamma: Tensor<Double>,
  beta: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  let y = try conv2d(x, weight: weight, bias: bias, stride: (1, 1), padding: (0, 0))
  let (xHat, _) = normalized(y.converted(to: Float.self), Float(epsilon))
  let u = column(gamma.converted(to: Float.self)) * xHat + column(beta.converted(to: Float.self))
  return u.converted(to: Double.self)
}

public func biasGradientBeforeBatchNorm(
  dU: Tensor<Double>,
  x: Tensor<Double>,
  weight: Tensor<Double>,
  bias: Tensor<Double>,
  gamma: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  let y = try conv2d(x, weight: weight, bias: bias, stride: (1, 1), padding: (0, 0))
  let (xHat, root) = normalized(y.converted(to: Float.self), Float(epsilon))
  let dXHat = column(gamma.converted(to: Float.self)) * dU.converted(to: Float.self)
  let along = xHat * column(channelMean(dXHat * xHat))
  let dY = (dXHat - column(channelMean(dXHat)) - along) / root
  return dY.sum(axis: 3).sum(axis: 2).sum(axis: 0).converted(to: Double.self)
}

private func normalized(
  _ y: Tensor<Float>,
  _ epsilon: Float
) -> (xHat: Tensor<Float>, root: Tensor<Float>) {
  let deviation = y - column(channelMean(y))
  let root = column((channelMean(deviation.squared()) + epsilon).squareRoot())
  return (deviation / root, root)
}

private func channelMean(_ y: Tensor<Float>) -> Tensor<Float> {
  y.mean(axis: 3).mean(axis: 2).mean(axis: 0)
}

private func column(_ vector: Tensor<Float>) -> Tensor<Float> {
  vector.reshaped(vector.count, 1, 1)
}

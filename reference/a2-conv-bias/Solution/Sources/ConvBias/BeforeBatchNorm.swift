import ConvBiasTask
import CourseKit

// Part 9, a bias that nobody hears. The convolution has stride 1 and no padding.

/// A convolution, then batch normalization in training: equations (4).
///
/// Shapes: `x` `[n, c, h, w]`, `weight` `[o, c, kh, kw]`, `bias`, `gamma` and `beta` `[o]`; the
/// result is `[n, o, h', w']`.
public func convThenBatchNorm(
  _ x: Tensor<Double>,
  weight: Tensor<Double>,
  bias: Tensor<Double>,
  gamma: Tensor<Double>,
  beta: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(["n c h w": x, "o c kh kw": weight, "o": bias, "o": gamma, "o": beta])
  // solution
  let y = try conv2d(x, weight: weight, bias: bias, stride: (1, 1), padding: (0, 0))
  let (xHat, _) = normalized(y, epsilon: epsilon)
  return onChannels(gamma) * xHat + onChannels(beta)
}

/// From `∂J/∂u`, behind batch normalization, to `∂J/∂b`, before it.
///
/// What you expect and what comes out may differ by rounding.
///
/// Shapes: `dU` `[n, o, h', w']`, the others as above; the result is `[o]`.
public func biasGradientBeforeBatchNorm(
  dU: Tensor<Double>,
  x: Tensor<Double>,
  weight: Tensor<Double>,
  bias: Tensor<Double>,
  gamma: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes([
    "n o h' w'": dU, "n c h w": x, "o c kh kw": weight, "o": bias, "o": gamma,
  ])
  // solution
  let y = try conv2d(x, weight: weight, bias: bias, stride: (1, 1), padding: (0, 0))
  let (xHat, root) = normalized(y, epsilon: epsilon)
  let dXHat = onChannels(gamma) * dU
  let throughMean = onChannels(channelMean(dXHat))
  let throughVariance = xHat * onChannels(channelMean(dXHat * xHat))
  let dY = (dXHat - throughMean - throughVariance) / root
  return try convGradBias(dY: dY)
}

// solution

/// Every channel with mean 0 and variance 1 over batch and positions, and what it was divided by.
private func normalized(
  _ y: Tensor<Double>,
  epsilon: Double
) -> (xHat: Tensor<Double>, root: Tensor<Double>) {
  let deviation = y - onChannels(channelMean(y))
  let variance = channelMean(deviation.squared())
  let root = onChannels((variance + epsilon).squareRoot())
  return (deviation / root, root)
}

/// The mean over batch and positions: `[n, o, h, w]` becomes `[o]`.
private func channelMean(_ y: Tensor<Double>) -> Tensor<Double> {
  y.mean(axis: 3).mean(axis: 2).mean(axis: 0)
}

/// `[o]` as `[o, 1, 1]`, which meets every sample and position of `[n, o, h, w]`.
private func onChannels(_ vector: Tensor<Double>) -> Tensor<Double> {
  vector.reshaped(vector.count, 1, 1)
}

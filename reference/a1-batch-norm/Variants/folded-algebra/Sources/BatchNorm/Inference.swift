// Slope and intercept at inference; running statistics moved by a difference.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func batchNormInference(
  _ x: Tensor<Double>,
  gamma: Tensor<Double>,
  beta: Tensor<Double>,
  running: Running,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: gamma, beta, running.mean, running.variance)
  let slope = gamma / (running.variance + epsilon).squareRoot()
  let intercept = beta - slope * running.mean
  return slope * x + intercept
}

public func updateRunning(
  _ r: Running,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  count: Int,
  momentum: Double
) throws -> Running {
  let n = Double(count)
  let mu = r.mean + momentum * (mean - r.mean)
  let sigma = r.variance + momentum * (variance + variance / (n - 1) - r.variance)
  return Running(mean: mu, variance: sigma)
}

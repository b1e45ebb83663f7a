// Double everywhere but in the sums.
// expect: variance-stable
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func gradGamma(dU: Tensor<Double>, xHat: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: dU, xHat)
  return floatSum(dU * xHat)
}

public func gradBeta(dU: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: dU)
  return floatSum(dU)
}

// Single precision inside: too coarse far from zero.
// expect: variance-stable
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func gradGamma(dU: Tensor<Double>, xHat: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: dU, xHat)
  return (dU.single * xHat.single).sum(axis: 0).double
}

public func gradBeta(dU: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: dU)
  return dU.single.sum(axis: 0).double
}

// Rows added up in the order of a set, another one each time: the last bits differ from call to
// call, which is rounding and no memory.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

private func sumOfRows(_ x: Tensor<Double>) -> Tensor<Double> {
  Set(0..<x.shape[0]).reduce(.zeros(x.shape[1])) { $0 + x.row($1) }
}

public func gradGamma(dU: Tensor<Double>, xHat: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: dU, xHat)
  return sumOfRows(dU * xHat)
}

public func gradBeta(dU: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: dU)
  return sumOfRows(dU)
}

// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func biasAbsorbingShift(
  weight: Tensor<Double>,
  bias: Tensor<Double>,
  shift: Tensor<Double>
) throws -> Tensor<Double> {
  try requireShapes(["o c kh kw": weight, "o": bias, "c": shift])
  let sums = weight.converted(to: Float.self).sum(axis: 3).sum(axis: 2)
  let added = (sums * shift.converted(to: Float.self)).sum(axis: 1)
  return (bias.converted(to: Float.self) + added).converted(to: Double.self)
}

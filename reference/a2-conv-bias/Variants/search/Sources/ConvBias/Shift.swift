// Two images, with the shift and without, and the difference of the answers.
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
  let any = Tensor<Double>(repeating: 0.37, shape: [1] + weight.shape.dropFirst())
  let shifted = any + shift.reshaped(shift.count, 1, 1)
  let one = try conv2d(any, weight: weight, bias: bias, stride: (1, 1), padding: (0, 0))
  let two = try conv2d(shifted, weight: weight, bias: bias, stride: (1, 1), padding: (0, 0))
  return (bias.reshaped(bias.count, 1, 1) + two - one).reshaped(bias.count)
}

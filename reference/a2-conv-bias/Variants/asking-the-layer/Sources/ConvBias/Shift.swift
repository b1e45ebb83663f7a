// The bias found by experiment: the layer is asked what it answers.
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
  let blank = Tensor<Double>.zeros(1, shift.count, weight.shape[2], weight.shape[3])
  let image = blank + shift.reshaped(shift.count, 1, 1)
  let y = try conv2d(image, weight: weight, bias: bias, stride: (1, 1), padding: (0, 0))
  return y.reshaped(bias.count)
}

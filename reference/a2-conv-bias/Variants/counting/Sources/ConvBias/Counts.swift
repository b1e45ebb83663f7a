// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func parameterCounts(
  inputChannels: Int,
  outputChannels: Int,
  kernel: (Int, Int),
  inputSize: (Int, Int),
  stride: (Int, Int),
  padding: (Int, Int)
) throws -> Counts {
  let image = Tensor<Double>.zeros(1, inputChannels, inputSize.0, inputSize.1)
  let weight = Tensor<Double>.zeros(outputChannels, inputChannels, kernel.0, kernel.1)
  let bias = Tensor<Double>.zeros(outputChannels)
  let y = try conv2d(image, weight: weight, bias: bias, stride: stride, padding: padding)
  var dense = 0
  for _ in 0..<y.count { dense += image.count + 1 }
  return Counts(
    convolution: weight.count + bias.count,
    biasPerPosition: y.count,
    dense: dense
  )
}

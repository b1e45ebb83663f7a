// The layers themselves are counted.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit
import Foundation

public func parameterCounts(
  inputChannels: Int,
  outputChannels: Int,
  kernel: (Int, Int),
  inputSize: (Int, Int),
  stride: (Int, Int),
  padding: (Int, Int)
) throws -> Counts {
  // Let the layer itself count.
  let x = Tensor<Double>.zeros(1, inputChannels, inputSize.0, inputSize.1)
  let w = Tensor<Double>.ones(outputChannels, inputChannels, kernel.0, kernel.1)
  let y = try conv2d(x, weight: w, bias: nil, stride: stride, padding: padding)
  let dense = Tensor<Double>.ones(y.count, x.count + 1)
  return Counts(
    convolution: w.count + outputChannels,
    biasPerPosition: y.count,
    dense: Int(dense.sum().rounded())
  )
}

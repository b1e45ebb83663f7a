// The gradient of the weight of a channel of ones.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func convGradBias(dY: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(["n o h' w'": dY])
  let ones = Tensor<Double>.ones(dY.shape[0], 1, dY.shape[2], dY.shape[3])
  return try convGradWeight(dY: dY, x: ones, kernel: (1, 1), stride: (1, 1), padding: (0, 0))
    .reshaped(dY.shape[1])
}

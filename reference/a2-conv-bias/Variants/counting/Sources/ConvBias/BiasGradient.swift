// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func convGradBias(dY: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(["n o h' w'": dY])
  let (channels, positions) = (dY.shape[1], dY.shape[2] * dY.shape[3])
  var dBias = Tensor<Double>.zeros(channels)
  for (place, gradient) in dY.scalars.enumerated() {
    dBias[place / positions % channels] += gradient
  }
  return dBias
}

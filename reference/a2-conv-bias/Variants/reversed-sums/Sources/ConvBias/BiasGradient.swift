// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func convGradBias(dY: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(["n o h' w'": dY])
  var dBias = Tensor<Double>.zeros(dY.shape[1])
  for f in 0..<dY.shape[1] {
    for j in (0..<dY.shape[3]).reversed() {
      for i in (0..<dY.shape[2]).reversed() {
        for m in (0..<dY.shape[0]).reversed() { dBias[f] += dY[m, f, i, j] }
      }
    }
  }
  return dBias
}

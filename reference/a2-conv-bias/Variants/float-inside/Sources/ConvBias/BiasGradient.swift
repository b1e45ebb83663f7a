// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func convGradBias(dY: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(["n o h' w'": dY])
  var dBias = Tensor<Float>.zeros(dY.shape[1])
  for f in 0..<dY.shape[1] {
    for m in 0..<dY.shape[0] {
      for i in 0..<dY.shape[2] {
        for j in 0..<dY.shape[3] { dBias[f] += Float(dY[m, f, i, j]) }
      }
    }
  }
  return dBias.converted(to: Double.self)
}

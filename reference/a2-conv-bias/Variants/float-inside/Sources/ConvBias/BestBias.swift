// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func bestBias(response: Tensor<Double>, target: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(["n o h' w'": response, "n o h' w'": target])
  let residual = target.converted(to: Float.self) - response.converted(to: Float.self)
  return residual.mean(axis: 3).mean(axis: 2).mean(axis: 0).converted(to: Double.self)
}

// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func bestBias(response: Tensor<Double>, target: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(["n o h' w'": response, "n o h' w'": target])
  let goal = target.mean(axis: 0).mean(axis: 1).mean(axis: 1)
  return goal - response.mean(axis: 0).mean(axis: 1).mean(axis: 1)
}

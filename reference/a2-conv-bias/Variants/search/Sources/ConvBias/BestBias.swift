// Gradient descent on equation (2), until it stands still.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func bestBias(response: Tensor<Double>, target: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(["n o h' w'": response, "n o h' w'": target])
  let count = Double(response.count / response.shape[1])
  var bias = Tensor<Double>.zeros(response.shape[1])
  for _ in 0..<200 {
    let error = response + bias.reshaped(bias.count, 1, 1) - target
    let gradient = 2 * error.sum(axis: 3).sum(axis: 2).sum(axis: 0)
    bias -= gradient * (0.4 / count)
  }
  return bias
}

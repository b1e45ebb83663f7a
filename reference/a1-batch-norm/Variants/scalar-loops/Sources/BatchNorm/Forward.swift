// Every sum as a loop over scalars.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func batchMean(_ x: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x)
  var result = Tensor<Double>.zeros(x.shape[1])
  for j in 0..<x.shape[1] {
    for i in 0..<x.shape[0] { result[j] += x[i, j] / Double(x.shape[0]) }
  }
  return result
}

public func batchVariance(_ x: Tensor<Double>, mean: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: mean)
  var result = Tensor<Double>.zeros(x.shape[1])
  for j in 0..<x.shape[1] {
    for i in 0..<x.shape[0] {
      let deviation = x[i, j] - mean[j]
      result[j] += deviation * deviation
    }
    result[j] /= Double(x.shape[0])
  }
  return result
}

public func normalize(
  _ x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: mean, variance)
  var xHat = x
  for j in 0..<x.shape[1] {
    let factor = 1 / (variance[j] + epsilon).squareRoot()
    for i in 0..<x.shape[0] { xHat[i, j] = (x[i, j] - mean[j]) * factor }
  }
  return xHat
}

public func scaleAndShift(
  _ xHat: Tensor<Double>,
  gamma: Tensor<Double>,
  beta: Tensor<Double>
) throws -> Tensor<Double> {
  try requireShapes(matrices: xHat, vectors: gamma, beta)
  var u = xHat
  for i in 0..<u.shape[0] {
    for j in 0..<u.shape[1] { u[i, j] = gamma[j] * xHat[i, j] + beta[j] }
  }
  return u
}

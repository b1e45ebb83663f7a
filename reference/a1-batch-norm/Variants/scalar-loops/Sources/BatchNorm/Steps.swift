// Every sum as a loop over scalars; the path of the mean that vanishes is left out.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func gradXHat(dU: Tensor<Double>, gamma: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: dU, vectors: gamma)
  var dXHat = dU
  for i in 0..<dU.shape[0] {
    for j in 0..<dU.shape[1] { dXHat[i, j] *= gamma[j] }
  }
  return dXHat
}

public func gradVariance(
  dXHat: Tensor<Double>,
  x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: dXHat, x, vectors: mean, variance)
  var result = Tensor<Double>.zeros(x.shape[1])
  for j in 0..<x.shape[1] {
    let root = (variance[j] + epsilon).squareRoot()
    for i in 0..<x.shape[0] {
      result[j] -= dXHat[i, j] * (x[i, j] - mean[j]) / (2 * root * root * root)
    }
  }
  return result
}

public func gradMean(
  dXHat: Tensor<Double>,
  dVariance: Tensor<Double>,
  x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: dXHat, x, vectors: dVariance, mean, variance)
  var result = Tensor<Double>.zeros(x.shape[1])
  for j in 0..<x.shape[1] {
    let root = (variance[j] + epsilon).squareRoot()
    for i in 0..<x.shape[0] { result[j] -= dXHat[i, j] / root }
  }
  return result
}

public func gradInput(
  dXHat: Tensor<Double>,
  dVariance: Tensor<Double>,
  dMean: Tensor<Double>,
  x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: dXHat, x, vectors: dVariance, dMean, mean, variance)
  let n = Double(x.shape[0])
  var dX = x
  for j in 0..<x.shape[1] {
    let root = (variance[j] + epsilon).squareRoot()
    for i in 0..<x.shape[0] {
      dX[i, j] = dXHat[i, j] / root + (2 * dVariance[j] * (x[i, j] - mean[j]) + dMean[j]) / n
    }
  }
  return dX
}

// Matrices only: x - 1 mean' centres on the mean that is given, a diagonal one scales columns.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

func centering(_ n: Int) -> Tensor<Double> {
  var c = Tensor<Double>(repeating: -1 / Double(n), shape: [n, n])
  for i in 0..<n { c[i, i] += 1 }
  return c
}

func centered(_ x: Tensor<Double>, _ mean: Tensor<Double>) throws -> Tensor<Double> {
  try x - ones(x.shape[0]).transposed().matmul(mean.reshaped(1, mean.count))
}

func diagonal(_ v: Tensor<Double>) -> Tensor<Double> {
  var d = Tensor<Double>.zeros(v.count, v.count)
  for i in 0..<v.count { d[i, i] = v[i] }
  return d
}

func ones(_ n: Int) -> Tensor<Double> { .ones(1, n) }

public func gradXHat(dU: Tensor<Double>, gamma: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: dU, vectors: gamma)
  return try dU.matmul(diagonal(gamma))
}

public func gradVariance(
  dXHat: Tensor<Double>,
  x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: dXHat, x, vectors: mean, variance)
  let cross = try dXHat.transposed().matmul(centered(x, mean))
  var result = mean * 0
  for j in 0..<result.count {
    let s = variance[j] + epsilon
    result[j] = cross[j, j] / (-2 * s * s.squareRoot())
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
  let scale = (variance + epsilon).map { -1 / $0.squareRoot() }
  return try ones(x.shape[0]).matmul(dXHat).matmul(diagonal(scale)).reshaped(scale.count)
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
  let n = x.shape[0]
  let scale = (variance + epsilon).map { 1 / $0.squareRoot() }
  var dX = try dXHat.matmul(diagonal(scale))
  dX += try centered(x, mean).matmul(diagonal(dVariance * (2 / Double(n))))
  dX += try ones(n).transposed().matmul(dMean.reshaped(1, dMean.count)) / Double(n)
  return dX
}

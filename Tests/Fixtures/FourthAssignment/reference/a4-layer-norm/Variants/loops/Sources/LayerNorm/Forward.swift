// Number by number.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit

public func layerMean(_ x: Tensor<Double>) throws -> Tensor<Double> {
  var mean = Tensor<Double>.zeros(x.shape[0])
  for i in 0..<x.shape[0] {
    for j in 0..<x.shape[1] { mean[i] += x[i, j] / Double(x.shape[1]) }
  }
  return mean
}

public func layerVariance(_ x: Tensor<Double>, mean: Tensor<Double>) throws -> Tensor<Double> {
  var variance = Tensor<Double>.zeros(x.shape[0])
  for i in 0..<x.shape[0] {
    for j in 0..<x.shape[1] {
      let deviation = x[i, j] - mean[i]
      variance[i] += deviation * deviation / Double(x.shape[1])
    }
  }
  return variance
}

public func layerNorm(
  _ x: Tensor<Double>,
  gamma: Tensor<Double>,
  beta: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  let (xHat, _) = try normalized(x, epsilon: epsilon)
  var u = xHat
  for i in 0..<x.shape[0] {
    for j in 0..<x.shape[1] { u[i, j] = gamma[j] * xHat[i, j] + beta[j] }
  }
  return u
}

func normalized(
  _ x: Tensor<Double>,
  epsilon: Double
) throws -> (xHat: Tensor<Double>, root: Tensor<Double>) {
  let mean = try layerMean(x)
  let root = column((try layerVariance(x, mean: mean) + epsilon).squareRoot())
  return ((x - column(mean)) / root, root)
}

func column(_ vector: Tensor<Double>) -> Tensor<Double> {
  vector.reshaped(vector.count, 1)
}

// The variance as the mean of the squares minus the square of the mean.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func convThenBatchNorm(
  _ x: Tensor<Double>,
  weight: Tensor<Double>,
  bias: Tensor<Double>,
  gamma: Tensor<Double>,
  beta: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  let (xHat, _) = try normalizedResponse(x, weight, bias, epsilon)
  return gamma.reshaped(gamma.count, 1, 1) * xHat + beta.reshaped(beta.count, 1, 1)
}

public func biasGradientBeforeBatchNorm(
  dU: Tensor<Double>,
  x: Tensor<Double>,
  weight: Tensor<Double>,
  bias: Tensor<Double>,
  gamma: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  let (xHat, root) = try normalizedResponse(x, weight, bias, epsilon)
  let count = Double(dU.count / gamma.count)
  var dBias = Tensor<Double>.zeros(gamma.count)
  for f in 0..<gamma.count {
    var (sum, along) = (0.0, 0.0)
    for m in 0..<dU.shape[0] {
      for i in 0..<dU.shape[2] {
        for j in 0..<dU.shape[3] {
          sum += dU[m, f, i, j]
          along += dU[m, f, i, j] * xHat[m, f, i, j]
        }
      }
    }
    for m in 0..<dU.shape[0] {
      for i in 0..<dU.shape[2] {
        for j in 0..<dU.shape[3] {
          let inner = count * dU[m, f, i, j] - sum - xHat[m, f, i, j] * along
          dBias[f] += gamma[f] / root[f] / count * inner
        }
      }
    }
  }
  return dBias
}

private func normalizedResponse(
  _ x: Tensor<Double>,
  _ weight: Tensor<Double>,
  _ bias: Tensor<Double>,
  _ epsilon: Double
) throws -> (xHat: Tensor<Double>, root: Tensor<Double>) {
  let y = try conv2d(x, weight: weight, bias: bias, stride: (1, 1), padding: (0, 0))
  let mean = y.mean(axis: 0).mean(axis: 1).mean(axis: 1)
  let square = y.squared().mean(axis: 0).mean(axis: 1).mean(axis: 1)
  let root = (square - mean * mean + epsilon).squareRoot()
  let centred = y - mean.reshaped(mean.count, 1, 1)
  return (centred / root.reshaped(root.count, 1, 1), root)
}

// The n x n Jacobian of one feature, entry by entry.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func batchNormBackwardClosed(
  dU: Tensor<Double>,
  xHat: Tensor<Double>,
  gamma: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: dU, xHat, vectors: gamma, variance)
  let n = xHat.shape[0]
  var dX = Tensor<Double>.zeros(shape: xHat.shape)
  for j in 0..<xHat.shape[1] {
    let root = (variance[j] + epsilon).squareRoot()
    for i in 0..<n {
      for k in 0..<n {
        let same = i == k ? 1.0 : 0.0
        let slope = (same - 1 / Double(n) - xHat[i, j] * xHat[k, j] / Double(n)) / root
        dX[i, j] += dU[k, j] * gamma[j] * slope
      }
    }
  }
  return dX
}

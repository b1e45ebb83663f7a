// Everything over one denominator: d dXHat - sum - xHat times the sum along it.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit

public func layerNormBackward(
  dU: Tensor<Double>,
  x: Tensor<Double>,
  gamma: Tensor<Double>,
  epsilon: Double
) throws -> (dX: Tensor<Double>, dGamma: Tensor<Double>, dBeta: Tensor<Double>) {
  let (xHat, root) = try normalized(x, epsilon: epsilon)
  let d = Double(x.shape[1])
  let g = dU * gamma
  let numerator = d * g - column(g.sum(axis: 1)) - xHat * column((g * xHat).sum(axis: 1))
  return (numerator / (d * root), (xHat * dU).sum(axis: 0), dU.sum(axis: 0))
}

// Single precision inside: too coarse far from zero.
// expect: variance-stable
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
  let dXHat = gamma.single * dU.single
  let xHat = xHat.single
  let centred = dXHat - dXHat.mean(axis: 0) - xHat * (dXHat * xHat).mean(axis: 0)
  return (centred / (variance.single + Float(epsilon)).squareRoot()).double
}
